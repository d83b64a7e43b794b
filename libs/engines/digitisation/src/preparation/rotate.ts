import type { AffineMatrix, Raster } from '../rendering/page-raster.js';

export interface RotatedPage extends Raster {
  /** From pixels of the rotated page back to pixels of the page as it was. */
  readonly toSource: AffineMatrix;
}

/**
 * Turns a page clockwise about its centre on a canvas grown to hold it; what comes from outside is white. Bilinear.
 * @param page one channel; @param degrees clockwise
 */
export const rotate = (page: Raster, degrees: number): RotatedPage => {
  if (degrees === 0) return { ...page, toSource: [1, 0, 0, 1, 0, 0] };
  const radians = (degrees * Math.PI) / 180;
  const cos = Math.cos(radians);
  const sin = Math.sin(radians);
  const width = Math.ceil(page.width * cos + page.height * Math.abs(sin));
  const height = Math.ceil(page.height * cos + page.width * Math.abs(sin));
  // Going back is a turn counter-clockwise; y points down.
  const a = cos;
  const c = sin;
  const b = -sin;
  const d = cos;
  const e = (page.width - 1) / 2 - (a * (width - 1)) / 2 - (c * (height - 1)) / 2;
  const f = (page.height - 1) / 2 - (b * (width - 1)) / 2 - (d * (height - 1)) / 2;

  const { pixels: source, width: sourceWidth, height: sourceHeight } = page;
  const pixels = new Uint8Array(width * height).fill(255);
  for (let y = 0, at = 0; y < height; y += 1) {
    let sourceX = c * y + e;
    let sourceY = d * y + f;
    for (let x = 0; x < width; x += 1, at += 1, sourceX += a, sourceY += b) {
      if (sourceX < 0 || sourceY < 0 || sourceX >= sourceWidth - 1 || sourceY >= sourceHeight - 1) continue;
      const left = sourceX | 0;
      const top = sourceY | 0;
      const right = sourceX - left;
      const down = sourceY - top;
      const from = top * sourceWidth + left;
      const upper = source[from]! + (source[from + 1]! - source[from]!) * right;
      const below = from + sourceWidth;
      const lower = source[below]! + (source[below + 1]! - source[below]!) * right;
      pixels[at] = upper + (lower - upper) * down + 0.5;
    }
  }
  return { width, height, channels: 1, pixels, toSource: [a, b, c, d, e, f] };
};
