import type { Raster } from '../rendering/page-raster.js';

const tile = 64;
/** The paper is the brighter part of every tile that carries text. */
const paperPercentile = 0.85;
/** A tile darker than this holds a picture, not paper: levelling it to white would only blow up its noise. */
const darkestPaper = 96;

const paperOfTile = (page: Raster, left: number, top: number): number => {
  const histogram = new Uint32Array(256);
  const right = Math.min(left + tile, page.width);
  const bottom = Math.min(top + tile, page.height);
  for (let y = top; y < bottom; y += 2) {
    const row = y * page.width;
    for (let x = left; x < right; x += 2) histogram[page.pixels[row + x]!]! += 1;
  }
  const wanted = Math.ceil((right - left) / 2) * Math.ceil((bottom - top) / 2) * paperPercentile;
  let seen = 0;
  for (let value = 0; value < 256; value += 1) {
    seen += histogram[value]!;
    if (seen >= wanted) return Math.max(value, darkestPaper);
  }
  return 255;
};

/**
 * Makes the paper white everywhere: grey or yellow paper, shadows of a fold. The background is the bright percentile
 * of 64-pixel tiles, interpolated between their centres.
 * @param page one channel @returns one channel, same size
 */
export const levelBackground = (page: Raster): Raster => {
  const { width, height, pixels } = page;
  const columns = Math.ceil(width / tile);
  const rows = Math.ceil(height / tile);
  const paper = new Float32Array(columns * rows);
  for (let row = 0; row < rows; row += 1)
    for (let column = 0; column < columns; column += 1)
      paper[row * columns + column] = paperOfTile(page, column * tile, row * tile);

  const levelled = new Uint8Array(pixels.length);
  const across = new Float32Array(columns);
  for (let y = 0; y < height; y += 1) {
    const position = Math.min(Math.max(y / tile - 0.5, 0), rows - 1);
    const upper = Math.floor(position);
    const lower = Math.min(upper + 1, rows - 1);
    const share = position - upper;
    for (let column = 0; column < columns; column += 1)
      across[column] = paper[upper * columns + column]! * (1 - share) + paper[lower * columns + column]! * share;
    for (let x = 0, at = y * width; x < width; x += 1, at += 1) {
      const place = Math.min(Math.max(x / tile - 0.5, 0), columns - 1);
      const left = place | 0;
      const background =
        left + 1 < columns ? across[left]! + (across[left + 1]! - across[left]!) * (place - left) : across[left]!;
      const value = (pixels[at]! * 255) / background;
      levelled[at] = value > 255 ? 255 : value;
    }
  }
  return { width, height, channels: 1, pixels: levelled };
};
