import type { Raster } from '../rendering/page-raster.js';

/**
 * The brightest of red, green and blue at each pixel: red seals and blue pen fade into the paper, black print stays.
 * @returns one channel, same size
 */
export const inkChannel = (page: Raster): Raster => {
  if (page.channels === 1) return page;
  const { width, height, pixels } = page;
  const ink = new Uint8Array(width * height);
  for (let from = 0, to = 0; to < ink.length; from += 3, to += 1) {
    const red = pixels[from]!;
    const green = pixels[from + 1]!;
    const blue = pixels[from + 2]!;
    const larger = red > green ? red : green;
    ink[to] = larger > blue ? larger : blue;
  }
  return { width, height, channels: 1, pixels: ink };
};
