import { inkChannel } from '../preparation/ink-channel.js';
import { levelBackground } from '../preparation/level-background.js';
import { estimateSkew } from '../preparation/skew.js';
import type { Raster } from '../rendering/page-raster.js';
import type { ColourMode } from './inspection.js';

/** Longest side, pixels, of the picture that `pixelFacts` looks at: about 75 dpi of an A4 page. */
export const glanceSize = 900;

const margin = 0.03;
/** A pixel this far from grey is coloured; JPEG noise on grey stays below. */
const vivid = 40;
const vividShare = 0.0004;
/** Tinted paper: hardly coloured, but all over. */
const tinted = 8;
const tintedShare = 0.2;
/** On levelled paper of 255; the reduction has averaged noise away. */
const inkBelow = 215;

export interface PixelFacts {
  readonly content: ColourMode;
  readonly ink: number;
  readonly contrast: number;
  readonly skewDegrees: number;
}

const luminance = (page: Raster): Raster => {
  if (page.channels === 1) return page;
  const pixels = new Uint8Array(page.width * page.height);
  for (let from = 0, to = 0; to < pixels.length; from += 3, to += 1)
    pixels[to] = (page.pixels[from]! * 2 + page.pixels[from + 1]! * 5 + page.pixels[from + 2]!) >> 3;
  return { width: page.width, height: page.height, channels: 1, pixels };
};

const colourOf = (page: Raster): 'COLOUR' | 'GREY' => {
  if (page.channels === 1) return 'GREY';
  const { pixels } = page;
  let vividPixels = 0;
  let tintedPixels = 0;
  for (let at = 0; at < pixels.length; at += 3) {
    const red = pixels[at]!;
    const green = pixels[at + 1]!;
    const blue = pixels[at + 2]!;
    const spread = Math.max(red, green, blue) - Math.min(red, green, blue);
    if (spread >= vivid) vividPixels += 1;
    if (spread >= tinted) tintedPixels += 1;
  }
  const all = pixels.length / 3;
  return vividPixels / all >= vividShare || tintedPixels / all >= tintedShare ? 'COLOUR' : 'GREY';
};

/**
 * What a reduced picture of a page (longest side `glanceSize`) tells: colour, ink, contrast, skew. Ink counts red and
 * blue too, so that a page with nothing but a seal is not blank.
 */
export const pixelFacts = (page: Raster, storedAs: ColourMode): PixelFacts => {
  const grey = luminance(page);
  const levelled = levelBackground(grey);
  let inked = 0;
  let inkSum = 0;
  let paperSum = 0;
  let total = 0;
  const left = Math.round(page.width * margin);
  const top = Math.round(page.height * margin);
  for (let y = top; y < page.height - top; y += 1)
    for (let x = left; x < page.width - left; x += 1) {
      const at = y * page.width + x;
      total += 1;
      if (levelled.pixels[at]! < inkBelow) {
        inked += 1;
        inkSum += grey.pixels[at]!;
      } else paperSum += grey.pixels[at]!;
    }
  return {
    content: storedAs === 'BILEVEL' ? 'BILEVEL' : colourOf(page),
    ink: total === 0 ? 0 : inked / total,
    contrast: inked === 0 || inked === total ? 0 : paperSum / (total - inked) - inkSum / inked,
    skewDegrees: estimateSkew(levelBackground(inkChannel(page)), 1),
  };
};
