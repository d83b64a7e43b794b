import type { Box } from '../rendering/page-raster.js';
import type { OcrLine, OcrPage, OcrWord } from './ocr-engine.port.js';

const around = (words: readonly OcrWord[]): Box => [
  Math.min(...words.map(({ box }) => box[0])),
  Math.min(...words.map(({ box }) => box[1])),
  Math.max(...words.map(({ box }) => box[2])),
  Math.max(...words.map(({ box }) => box[3])),
];

/** A page from its lines of words. */
export const pageOfWords = (lines: readonly (readonly OcrWord[])[], skewDegrees = 0): OcrPage => {
  const filled = lines.filter((words) => words.length > 0);
  const words = filled.flat();
  const letters = words.reduce((sum, { text }) => sum + text.length, 0);
  const weighted = words.reduce((sum, { text, confidence }) => sum + text.length * confidence, 0);
  return {
    words,
    lines: filled.map((line): OcrLine => ({
      text: line.map(({ text }) => text).join(' '),
      box: around(line),
      words: line,
    })),
    meanConfidence: letters === 0 ? 0 : weighted / letters,
    skewDegrees,
  };
};
