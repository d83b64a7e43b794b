import { composed, transformBox, type AffineMatrix } from '../rendering/page-raster.js';
import type { OcrPage, OcrWord } from './ocr-engine.port.js';
import { pageOfWords } from './page-of-words.js';

const wordLevel = '5';

/**
 * Tesseract's table (level, page, block, paragraph, line, word, left, top, width, height, confidence 0..100, text) as a
 * page in the coordinates of the scan.
 * @param toSource from pixels Tesseract saw to pixels of the raster; @param toPage from those to the page in points
 */
export const pageOfTsv = (tsv: string, toSource: AffineMatrix, toPage: AffineMatrix, skewDegrees: number): OcrPage => {
  const matrix = composed(toSource, toPage);
  const lines = new Map<string, OcrWord[]>();
  for (const row of tsv.split('\n')) {
    const [level, , block, paragraph, line, , left, top, width, height, confidence, ...rest] = row.split('\t');
    const text = rest.join('\t').trim().normalize('NFC');
    if (level !== wordLevel || text === '') continue;
    const [x, y] = [Number(left), Number(top)];
    const key = `${block}.${paragraph}.${line}`;
    const words = lines.get(key) ?? [];
    lines.set(key, words);
    words.push({
      text,
      confidence: Math.min(Math.max(Number(confidence) / 100, 0), 1),
      box: transformBox(matrix, [x, y, x + Number(width), y + Number(height)]),
    });
  }
  return pageOfWords([...lines.values()], skewDegrees);
};
