import { describe, expect, it } from '@jest/globals';
import { drawPage } from '../../test/fixtures.js';
import { transformPoint, type Raster } from '../rendering/page-raster.js';
import { inkChannel } from './ink-channel.js';
import { levelBackground } from './level-background.js';
import { preparePage } from './prepare-page.js';
import { rotate } from './rotate.js';
import { estimateSkew } from './skew.js';

const drawn = async (drawing: Parameters<typeof drawPage>[0]): Promise<Raster> => {
  const { data, info } = await drawPage(drawing).toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, channels: 3, pixels: data };
};

const size = { width: 1240, height: 1754 };
const grey = (width: number, height: number, value: (x: number, y: number) => number): Raster => ({
  width,
  height,
  channels: 1,
  pixels: Uint8Array.from({ length: width * height }, (_, at) => value(at % width, Math.floor(at / width))),
});
const share = (page: Raster, test: (value: number) => boolean): number =>
  page.pixels.filter(test).length / page.pixels.length;

describe('preparing a page for reading', () => {
  it('fades red seals and blue pen, keeps black print', () => {
    const pixels = Uint8Array.from([20, 20, 20, 210, 30, 40, 30, 40, 220, 250, 250, 250]);
    expect([...inkChannel({ width: 4, height: 1, channels: 3, pixels }).pixels]).toEqual([20, 210, 220, 250]);
  });

  it('makes grey, yellow or shaded paper white, and ink no lighter than it has to be', () => {
    const shaded = grey(640, 640, (x, y) => (x % 40 < 6 && y % 30 < 10 ? 40 : 130 + Math.floor(x / 8)));
    const levelled = levelBackground(shaded);
    expect(share(shaded, (value) => value > 215)).toBe(0);
    expect(share(levelled, (value) => value > 240)).toBeGreaterThan(0.85);
    expect(share(levelled, (value) => value < 110)).toBeGreaterThan(0.04);
  });

  it.each([-5.5, -1.3, 0, 0.4, 2.75, 6])('finds a skew of %d degrees', async (skew) => {
    const page = levelBackground(inkChannel(await drawn({ ...size, skew })));
    expect(Math.abs(estimateSkew(page) - skew)).toBeLessThan(0.1);
  });

  it('finds no skew on a page without lines', () => {
    let seed = 1;
    const noise = grey(800, 800, () => (seed = (seed * 48_271) % 2_147_483_647) % 256);
    expect(estimateSkew(noise, 1)).toBe(0);
    expect(estimateSkew(grey(800, 800, () => 255))).toBe(0);
  });

  it('turns a page and knows the way back', () => {
    const page = grey(300, 200, (x, y) => (Math.abs(x - 250) < 3 && Math.abs(y - 40) < 3 ? 0 : 255));
    const turned = rotate(page, 6);
    const dark = turned.pixels.findIndex((value) => value < 60);
    const [x, y] = transformPoint(turned.toSource, dark % turned.width, Math.floor(dark / turned.width));
    expect(Math.hypot(x - 250, y - 40)).toBeLessThan(4.5);
    expect(turned.width).toBeGreaterThan(300);
    expect(turned.height).toBeGreaterThan(200);
  });

  it('leaves a straight page as it is', () => {
    const page = grey(30, 20, (x) => x * 8);
    expect(rotate(page, 0)).toMatchObject({ pixels: page.pixels, toSource: [1, 0, 0, 1, 0, 0] });
  });

  it('gives black on white, upright, whatever paper and angle it came with', async () => {
    const prepared = preparePage(await drawn({ ...size, skew: 3.2, paper: '#c9c2b0', seal: true }));
    expect(prepared.skewDegrees).toBeCloseTo(3.2, 1);
    expect(Math.abs(estimateSkew(prepared))).toBeLessThan(0.1);
    expect(share(prepared, (value) => value > 235)).toBeGreaterThan(0.7);
  });
});
