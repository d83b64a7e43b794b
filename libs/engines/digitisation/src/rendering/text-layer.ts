import type { OcrPage, OcrWord } from '../ocr/ocr-engine.port.js';
import { pageOfWords } from '../ocr/page-of-words.js';
import { PdfDocument, type PageGlyph } from '../inspection/pdf-document.js';
import type { Box } from './page-raster.js';

const around = (one: Box, other: Box): Box => [
  Math.min(one[0], other[0]),
  Math.min(one[1], other[1]),
  Math.max(one[2], other[2]),
  Math.max(one[3], other[3]),
];

const wordsOf = (glyphs: readonly PageGlyph[]): (readonly OcrWord[])[] => {
  const lines: OcrWord[][] = [[]];
  let word: { text: string; box: Box } | undefined;
  const end = (): void => {
    if (word) lines.at(-1)?.push({ text: word.text.normalize('NFC'), confidence: 1, box: word.box });
    word = undefined;
  };
  for (const { text, box } of glyphs) {
    if (text.trim() === '') {
      end();
      if (text === '\n' || text === '\r') lines.push([]);
    } else word = word ? { text: word.text + text, box: around(word.box, box) } : { text, box };
  }
  end();
  return lines.filter((line) => line.length > 0);
};

/** The words a PDF page already carries. Runs in a child process. */
export const textLayer = async (path: string, number: number): Promise<OcrPage> => {
  const document = await PdfDocument.open(path);
  if (typeof document === 'string') throw new Error(`the document does not open: ${document}`);
  try {
    return document.withPage(number, (page) => pageOfWords(wordsOf(page.glyphs())));
  } finally {
    document.close();
  }
};
