import type { Box, PageRaster } from '../rendering/page-raster.js';

export interface OcrWord {
  /** NFC. */
  readonly text: string;
  /** 0..1 */
  readonly confidence: number;
  /** PDF points of the page as scanned, origin bottom-left. */
  readonly box: Box;
}

/** Words that stand on one line, left to right. */
export interface OcrLine {
  readonly text: string;
  readonly box: Box;
  readonly words: readonly OcrWord[];
}

export interface OcrPage {
  /** All words in reading order. */
  readonly words: readonly OcrWord[];
  readonly lines: readonly OcrLine[];
  /** 0..1, weighted by the length of the words; 0 on a page without words. */
  readonly meanConfidence: number;
  /** Degrees counter-clockwise that were taken out before reading. */
  readonly skewDegrees: number;
}

/** Reads pages. Takes them as scanned: preparing them, and carrying boxes back, is the engine's part. */
export abstract class OcrEngine {
  /**
   * @param page as `renderPage` gives it, best at 200-300 dpi
   * @throws DomainError `ocr-timed-out`, `ocr-failed`, `ocr-engine-closed`; the reason of `signal` when aborted
   */
  abstract recognise(page: PageRaster, options?: { readonly signal?: AbortSignal }): Promise<OcrPage>;
  /** Stops running pages and ends every process of the engine. */
  abstract close(): Promise<void>;
}
