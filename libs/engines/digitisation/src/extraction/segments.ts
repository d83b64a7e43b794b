import { searchKey } from '#kernel';
import type { OcrPage, OcrWord } from '../ocr/ocr-engine.port.js';
import type { Box } from '../rendering/page-raster.js';

/** Words that belong together on one line: a line is cut where a column or a table cell ends. */
export interface Segment {
  /** From 1. */
  readonly page: number;
  readonly words: readonly OcrWord[];
  readonly text: string;
  readonly box: Box;
}

/** A gap this many times the height of the words separates columns. */
const columnGap = 1.7;

/** Letters and digits only, accent-free: what OCR noise in spacing and punctuation leaves alone. */
export const bareKey = (text: string): string => searchKey(text).replace(/[^a-z0-9]/gu, '');

export const segmentOf = (page: number, words: readonly OcrWord[]): Segment => ({
  page,
  words,
  text: words.map(({ text }) => text).join(' '),
  box: [
    Math.min(...words.map(({ box }) => box[0])),
    Math.min(...words.map(({ box }) => box[1])),
    Math.max(...words.map(({ box }) => box[2])),
    Math.max(...words.map(({ box }) => box[3])),
  ],
});

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;

/** Segments of one page in reading order. @param number of the page, from 1 */
export const segmentsOf = (page: OcrPage, number: number): Segment[] => {
  const segments: Segment[] = [];
  for (const line of page.lines) {
    // Ruled lines and specks come out as words without a letter or digit; colons and hyphens may be meant.
    const words = line.words.filter(({ text }) => /[\p{L}\p{N}]/u.test(text) || text === ':' || text === '-');
    const height = median(words.map(({ box }) => box[3] - box[1]));
    let run: OcrWord[] = [];
    for (const word of words) {
      const before = run.at(-1);
      if (before && word.box[0] - before.box[2] > columnGap * height) {
        segments.push(segmentOf(number, run));
        run = [];
      }
      run.push(word);
    }
    if (run.length > 0) segments.push(segmentOf(number, run));
  }
  return segments;
};

const middle = ({ box }: Segment): number => (box[1] + box[3]) / 2;

/** What stands to the right on the same row, nearest first. */
export const rightOf = (segment: Segment, all: readonly Segment[]): Segment[] =>
  all
    .filter(
      (other) =>
        other.page === segment.page &&
        other.box[0] >= segment.box[2] &&
        middle(other) > segment.box[1] - 2 &&
        middle(other) < segment.box[3] + 2,
    )
    .sort((one, other) => one.box[0] - other.box[0]);

/** The nearest segment below that shares part of its width, at most two and a half lines down. */
export const below = (segment: Segment, all: readonly Segment[]): Segment | undefined => {
  const height = segment.box[3] - segment.box[1];
  return all
    .filter(
      (other) =>
        other.page === segment.page &&
        other !== segment &&
        middle(other) < segment.box[1] &&
        segment.box[1] - other.box[3] < height * 1.5 &&
        other.box[0] < segment.box[2] &&
        other.box[2] > segment.box[0],
    )
    .sort((one, other) => middle(other) - middle(one))[0];
};
