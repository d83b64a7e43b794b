import type { PageDecision } from './inspection.js';

/** Fewer characters than this are a page number or a stamp, not the page's text. */
const meaningfulText = 20;
/** Above this share of unmapped characters the text layer is garbage. */
const tolerableUnmapped = 0.1;
/** A picture that covers this much of the page is a scan of it. */
const fullPagePicture = 0.6;
/** Visible text in such amount makes even a page with a full background picture a digital one. */
const pageOfText = 200;
const blankInk = 0.0008;

export const isBlank = (page: { readonly ink: number; readonly textCharacters: number }): boolean =>
  page.ink < blankInk && page.textCharacters === 0;

/**
 * What to do with the text of one page. Decided per page, never per document: scans and digital pages come merged in
 * one file. Invisible text over a scan is an earlier recognition of unknown quality and does not count as text.
 */
export const decidePage = (page: {
  readonly ink: number;
  readonly contrast: number;
  readonly textCharacters: number;
  readonly unmappedCharacters: number;
  readonly imageCoverage: number;
}): PageDecision => {
  if (isBlank(page)) return 'blank';
  const all = page.textCharacters + page.unmappedCharacters;
  const readable = all > 0 && page.unmappedCharacters / all <= tolerableUnmapped;
  const enough = page.imageCoverage >= fullPagePicture ? pageOfText : meaningfulText;
  if (readable && page.textCharacters >= enough) return 'keep-text';
  return page.contrast < 30 ? 'needs-human' : 'ocr';
};
