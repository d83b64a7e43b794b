import type { Raster } from '../rendering/page-raster.js';

/** Blocks at least this dark count as ink, each by its darkness: edges then tell fractions of a block. */
const faintestInk = 30;
const maxDegrees = 6;
/** Too few dark points to speak of lines. */
const fewestPoints = 300;
const mostPoints = 60_000;
/** A page without lines has no angle that stands out. */
const clearlyBetter = 1.08;

interface InkPoints {
  readonly xs: Float32Array;
  readonly ys: Float32Array;
  /** Darkness, 0..255. */
  readonly weights: Float32Array;
  readonly diagonal: number;
}

/** Dark blocks of `reduction` x `reduction` pixels, edges of the sheet left out. */
const inkPoints = (page: Raster, reduction: number): InkPoints => {
  const width = Math.floor(page.width / reduction);
  const height = Math.floor(page.height / reduction);
  const dark: number[] = [];
  const darkness: number[] = [];
  const area = reduction * reduction;
  const marginX = Math.round(width * 0.03);
  const marginY = Math.round(height * 0.03);
  for (let y = marginY; y < height - marginY; y += 1)
    for (let x = marginX; x < width - marginX; x += 1) {
      let sum = 0;
      for (let row = 0; row < reduction; row += 1) {
        const from = (y * reduction + row) * page.width + x * reduction;
        for (let column = 0; column < reduction; column += 1) sum += page.pixels[from + column]!;
      }
      if (255 - sum / area >= faintestInk) {
        dark.push(y * width + x);
        darkness.push(255 - sum / area);
      }
    }
  const step = Math.max(1, dark.length / mostPoints);
  const count = Math.floor(dark.length / step);
  const xs = new Float32Array(count);
  const ys = new Float32Array(count);
  const weights = new Float32Array(count);
  for (let index = 0; index < count; index += 1) {
    const chosen = Math.floor(index * step);
    const at = dark[chosen]!;
    weights[index] = darkness[chosen]!;
    xs[index] = at % width;
    ys[index] = Math.floor(at / width);
  }
  return { xs, ys, weights, diagonal: Math.ceil(width + height) };
};

/** How sharply rows of ink and gaps alternate when the page is sheared by `degrees`. */
const sharpness = ({ xs, ys, weights, diagonal }: InkPoints, degrees: number): number => {
  const slope = Math.tan((degrees * Math.PI) / 180);
  const offset = diagonal / 2;
  const profile = new Float32Array(diagonal * 2);
  for (let index = 0; index < xs.length; index += 1) {
    const row = ys[index]! + xs[index]! * slope + offset;
    const upper = row | 0;
    const weight = weights[index]!;
    profile[upper]! += weight * (1 - (row - upper));
    profile[upper + 1]! += weight * (row - upper);
  }
  let sum = 0;
  // Differences of a smoothed profile: sharp ones would depend on how edges happen to fall between two rows.
  for (let row = 3; row < profile.length; row += 1)
    sum += (profile[row]! + profile[row - 1]! - profile[row - 2]! - profile[row - 3]!) ** 2;
  return sum;
};

const best = (points: InkPoints, from: number, to: number, step: number): number => {
  let angle = 0;
  let highest = -1;
  for (let degrees = from; degrees <= to + step / 2; degrees += step) {
    const score = sharpness(points, degrees);
    if (score > highest) [highest, angle] = [score, degrees];
  }
  return angle;
};

/**
 * How far the lines of text climb to the right, degrees counter-clockwise, within +-6, to 0.1 degrees; 0 where there
 * are no lines. Projection profile over a reduced ink map.
 * @param page one channel, levelled; @param reduction 2 for a page of 200-300 dpi, 1 for one of about 75 dpi
 */
export const estimateSkew = (page: Raster, reduction = 2): number => {
  const points = inkPoints(page, reduction);
  if (points.xs.length < fewestPoints) return 0;
  const coarse = best(points, -maxDegrees, maxDegrees, 0.25);
  const fine = best(points, coarse - 0.25, coarse + 0.25, 0.05);
  const angle = best(points, fine - 0.05, fine + 0.05, 0.01);
  const elsewhere = (sharpness(points, angle - 5) + sharpness(points, angle + 5)) / 2;
  return sharpness(points, angle) < elsewhere * clearlyBetter ? 0 : Math.round(angle * 100) / 100 + 0;
};
