import type { Raster } from '../rendering/page-raster.js';
import { inkChannel } from './ink-channel.js';
import { levelBackground } from './level-background.js';
import { rotate, type RotatedPage } from './rotate.js';
import { estimateSkew } from './skew.js';

/** Below this a turn blurs more than it straightens, and lies within the error of the estimate. */
const worthTurning = 0.1;

export interface PreparedPage extends RotatedPage {
  /** Degrees counter-clockwise that were taken out. */
  readonly skewDegrees: number;
}

/**
 * The page as an OCR engine wants it: black on white and upright. The order matters: the skew of a page that was not
 * levelled is often not found.
 * @returns one channel, and the way back to the pixels of the page as scanned
 */
export const preparePage = (page: Raster): PreparedPage => {
  const levelled = levelBackground(inkChannel(page));
  const estimated = estimateSkew(levelled);
  const skewDegrees = Math.abs(estimated) < worthTurning ? 0 : estimated;
  return { ...rotate(levelled, skewDegrees), skewDegrees };
};
