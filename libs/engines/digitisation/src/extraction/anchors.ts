import type { OcrWord } from '../ocr/ocr-engine.port.js';
import { editDistance } from './edit-distance.js';
import { bareKey, below, rightOf, segmentOf, type Segment } from './segments.js';

/** Text that an anchor announces. */
export interface Announced {
  readonly value: Segment;
  /** 1 for an anchor read without error, less with every error. */
  readonly certainty: number;
}

interface AnchorHit {
  readonly segment: Segment;
  /** Index of the first word after the anchor. */
  readonly next: number;
  readonly certainty: number;
  /** A colon follows: it is a label for sure. */
  readonly closed: boolean;
}

/** Anchors of so few letters must be read exactly, and be followed by a colon. */
const shortAnchor = 4;
const tolerance = 0.16;
const endsLabel = (word: OcrWord): boolean => /[:;]$/u.test(word.text);
/** A colon this near behind an anchor means that the label goes on: "Họ tên" in "Họ tên người mẹ:". */
const labelWords = 5;
const longerLabel = 0.75;
/** A sentence may mention the words, and a table may have them for a heading: the officer looks. */
const withoutColon = 0.9;

/** A word missing at either end is no misreading: `Địa chỉ` is not `e) Địa chỉ`, nor `tên` a bad `tên vợ`. */
const lacksEndWord = (read: string, anchorWords: readonly string[], distance: number): boolean =>
  distance > 0 &&
  [anchorWords.slice(1), anchorWords.slice(0, -1)].some((rest) => {
    const missing = anchorWords.join('').length - rest.join('').length;
    return rest.length > 0 && editDistance(read, rest.join(''), distance) + missing === distance;
  });

const hitsIn = (segment: Segment, anchor: string): AnchorHit[] => {
  const wanted = bareKey(anchor);
  const allowed = wanted.length < shortAnchor ? 0 : Math.floor(wanted.length * tolerance);
  const anchorWords = anchor.split(/\s+/u).map(bareKey);
  const keys = segment.words.map(({ text }) => bareKey(text));
  const hits: AnchorHit[] = [];
  for (let from = 0; from < keys.length; from += 1) {
    let best: { read: string; distance: number; next: number } | undefined;
    // OCR joins and splits words: the window may be shorter or longer than the anchor.
    for (let size = 1; size <= anchorWords.length + 2 && from + size <= keys.length; size += 1) {
      const read = keys.slice(from, from + size).join('');
      const distance = editDistance(read, wanted, allowed);
      if (distance <= allowed && distance < (best?.distance ?? Infinity)) best = { read, distance, next: from + size };
    }
    if (!best || lacksEndWord(best.read, anchorWords, best.distance)) continue;
    const { next, distance } = best;
    const last = segment.words[next - 1]!;
    const closed = endsLabel(last) || segment.words[next]?.text === ':';
    if (wanted.length < shortAnchor && (!closed || from > 0)) continue;
    const goesOn = !closed && segment.words.slice(next, next + labelWords).some(endsLabel);
    hits.push({
      segment,
      next,
      closed,
      certainty: (1 - distance / wanted.length) * (goesOn ? longerLabel : 1) * (closed ? 1 : withoutColon),
    });
    from = next - 1;
  }
  return hits;
};

/** Cuts off the next label of the same line: `Nam Dân tộc: Kinh` becomes `Nam`. */
const beforeNextLabel = (words: readonly OcrWord[]): readonly OcrWord[] => {
  const colon = words.findIndex(({ text }) => text.endsWith(':'));
  if (colon < 0) return words;
  let start = colon;
  while (start > 0 && !/^[\p{Lu}(]/u.test(words[start]!.text) && !/[;,\d]$/u.test(words[start - 1]!.text)) start -= 1;
  return words.slice(0, start);
};

/** An address or a purpose goes on in the next line when its own line is full or ends in a comma. */
const continued = (value: Segment, host: Segment, all: readonly Segment[]): Segment => {
  const pageRight = Math.max(...all.filter(({ page }) => page === host.page).map(({ box }) => box[2]));
  const full = value.text.endsWith(',') || value.box[2] > pageRight - (pageRight - host.box[0]) * 0.12;
  const next = full ? below(host, all) : undefined;
  const belongs =
    next !== undefined &&
    next.box[0] < host.box[0] + 30 &&
    !next.words.slice(0, 8).some(endsLabel) &&
    !/^(\d+|[a-zđ])[.)]/u.test(next.text);
  return belongs ? segmentOf(value.page, [...value.words, ...next.words]) : value;
};

/** Within a sentence the value ends with its clause. */
const firstClause = (words: readonly OcrWord[]): readonly OcrWord[] => {
  const end = words.findIndex(({ text }) => /[,;.]$/u.test(text) && !/\d/u.test(text));
  return end < 0 ? words : words.slice(0, end + 1);
};

const valuesAfter = ({ segment, next, closed }: AnchorHit, all: readonly Segment[]): Segment[] => {
  const rest = segment.words.slice(segment.words[next]?.text === ':' ? next + 1 : next);
  const own = beforeNextLabel(rest);
  const inline = closed ? own : firstClause(own);
  if (inline.length > 0) {
    const value = segmentOf(segment.page, inline);
    return [inline.length === rest.length ? continued(value, segment, all) : value];
  }
  const label = segmentOf(segment.page, segment.words.slice(0, next));
  const beside = rightOf(label, all).filter((other) => !other.words.some(endsLabel));
  if (beside.length > 0) return beside;
  const under = below(label, all);
  if (!under) return [];
  // `Người đại diện theo pháp luật` over `Họ và tên: ...`: the value stands behind a label of its own.
  const colon = under.words.findIndex(({ text }) => text.endsWith(':'));
  const inner = beforeNextLabel(under.words.slice(colon + 1));
  return inner.length > 0 ? [continued(segmentOf(under.page, inner), under, all)] : [];
};

/** Labels before mentions, and longer labels that only begin like the anchor last. */
const rank = ({ closed, certainty }: AnchorHit): number =>
  closed ? 0 : certainty > longerLabel * withoutColon ? 1 : 2;

/**
 * What an anchor announces, the surest reading first and in reading order among equals: the rest of its line, else the
 * cells to its right, else the line below.
 */
export const announcedBy = (anchor: string, all: readonly Segment[]): Announced[] =>
  all
    .flatMap((segment) => hitsIn(segment, anchor))
    .sort((one, other) => rank(one) - rank(other))
    .flatMap((hit) => valuesAfter(hit, all).map((value) => ({ value, certainty: hit.certainty })));
