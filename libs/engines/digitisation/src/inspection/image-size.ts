/** Paper size that an image stands for. */
export interface PaperSize {
  readonly dpi: number;
  readonly widthPoints: number;
  readonly heightPoints: number;
}

const a4 = { short: 210 / 25.4, long: 297 / 25.4 };
/** Desk scanners do not take more than A3 (420 mm). A "72 dpi" tag that makes an A2 sheet is a default, not a fact. */
const longestPaperInches = 430 / 25.4;
const sensibleDpi = { from: 50, to: 1200 };

/**
 * The size of paper behind a bare image: by its dpi tag if that makes sense, else so that it fills an A4 page as far as
 * its shape allows (FR-12: the tag alone proves nothing).
 * @param density pixels per inch as the file says
 */
export const paperSize = (pixelWidth: number, pixelHeight: number, density: number | undefined): PaperSize => {
  const long = Math.max(pixelWidth, pixelHeight);
  const short = Math.min(pixelWidth, pixelHeight);
  const sensible =
    density !== undefined &&
    density >= sensibleDpi.from &&
    density <= sensibleDpi.to &&
    long / density <= longestPaperInches;
  const dpi = sensible ? density : Math.max(long / a4.long, short / a4.short);
  return { dpi, widthPoints: (pixelWidth * 72) / dpi, heightPoints: (pixelHeight * 72) / dpi };
};
