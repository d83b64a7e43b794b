import { searchKey } from '#kernel';
import { editDistance } from './edit-distance.js';
import type { DocumentTemplate, ExtractionContext } from './field-template.js';
import { shapeValue } from './field-shapes.js';
import { bareKey, below, segmentOf, type Segment } from './segments.js';

/** Something found by its place on the page. */
export interface PlacedValue {
  readonly key: string;
  readonly value: string;
  readonly found: Segment;
  /** 0..1, how sure the place is. */
  readonly certainty: number;
}

const motto = ['conghoaxahoichunghiavietnam', 'doclaptudohanhphuc'];

const isMotto = ({ text }: Segment): boolean =>
  motto.some((line) => editDistance(bareKey(text), line, Math.floor(line.length / 5)) <= line.length / 5);

/** `Số: 15/QĐ-UBND` is printed in capitals too. */
const isNumberLine = ({ text }: Segment): boolean => /^s[ốôóo]\s*[:.]/iu.test(text) || /\d\s*\//u.test(text);

const isCapitals = (segment: Segment): boolean => isInCapitals(segment) && !isNumberLine(segment);

const isInCapitals = ({ text }: Segment): boolean =>
  /\p{Lu}{2}/u.test(text) && text.replace(/[^\p{L}]/gu, '').length >= 4 && !/\p{Ll}{2}/u.test(text);

const heightOf = ({ box }: Segment): number => box[3] - box[1];

/** `GIẤY KHAI SINH` as a name: `Giấy khai sinh`. */
const sentence = (text: string): string => text.charAt(0) + text.slice(1).toLocaleLowerCase('vi');

/** Words after which the name of a place follows, each of its words with a capital. */
const placeWord = /\b(tỉnh|thành phố|phường|xã|thị trấn|đặc khu|huyện|quận)\s+(.+)$/u;

const agencyCase = (text: string): string => {
  const lower = sentence(text.replace(/^UBND\b/u, 'ỦY BAN NHÂN DÂN'));
  return lower.replace(
    placeWord,
    (_, kind: string, name: string) =>
      `${kind} ${name.replace(/(^|\s)(\p{L})/gu, (_match, gap: string, letter: string) => gap + letter.toLocaleUpperCase('vi'))}`,
  );
};

const agencyKey = (text: string): string => bareKey(text.replace(/\bUBND\b/iu, 'ủy ban nhân dân'));

/** The agency of that name in the catalogue; what follows a comma (`..., tỉnh Hà Tĩnh`) is no part of the name. */
export const officialAgency = (text: string, names: readonly string[]): string | undefined =>
  official(text, names) ?? official(text.split(',')[0]!, names);

const official = (text: string, names: readonly string[]): string | undefined => {
  const key = agencyKey(text);
  const allowed = Math.floor(key.length * 0.12);
  return names.find((name) => editDistance(agencyKey(name), key, allowed) <= allowed);
};

/** Joins lines of capitals printed one under the other, from `first` down. */
const block = (first: Segment, all: readonly Segment[], fits: (next: Segment, last: Segment) => boolean): Segment[] => {
  const lines = [first];
  for (let next = below(first, all); next && fits(next, lines.at(-1)!); next = below(next, all)) lines.push(next);
  return lines;
};

const joined = (lines: readonly Segment[]): Segment =>
  segmentOf(
    lines[0]!.page,
    lines.flatMap(({ words }) => words),
  );

/** Without a letterhead, the collective in whose name it is signed: `TM. ỦY BAN NHÂN DÂN XÃ X` (App. I, II.7). */
const signedFor = (all: readonly Segment[], context: ExtractionContext): PlacedValue | undefined => {
  const found = all.find((segment) => isCapitals(segment) && /^TM\.?\s/u.test(segment.text));
  if (!found) return undefined;
  const name = found.text.replace(/^TM\.?\s+/u, '');
  return {
    key: 'coQuanCap',
    value: official(name, context.agencyNames ?? []) ?? agencyCase(name),
    found,
    certainty: 0.9,
  };
};

/**
 * Issuing agency: top left, under its superior (Decree 30/2020 App. I, II.2). `ỦY BAN NHÂN DÂN` over `PHƯỜNG X` is one
 * name on two lines; otherwise the lower line is the agency and the upper its superior.
 */
const agency = (all: readonly Segment[], context: ExtractionContext): PlacedValue | undefined => {
  const first = all.filter(({ page }) => page === 1);
  const right = Math.max(...first.map(({ box }) => box[2]));
  const left = Math.min(...first.map(({ box }) => box[0]));
  const top = Math.max(...first.map(({ box }) => box[3]));
  const bottom = Math.min(...first.map(({ box }) => box[1]));
  const head = first.find(
    (segment) =>
      isCapitals(segment) &&
      !isMotto(segment) &&
      segment.box[3] > top - (top - bottom) * 0.12 &&
      (segment.box[0] + segment.box[2]) / 2 < left + (right - left) * 0.45,
  );
  if (!head) return signedFor(all, context);
  const lines = block(
    head,
    first,
    (next, last) => isCapitals(next) && !isMotto(next) && heightOf(next) < heightOf(last) * 1.4,
  );
  const names = context.agencyNames ?? [];
  for (let from = 0; from < lines.length; from += 1) {
    const found = joined(lines.slice(from));
    const name = official(found.text, names);
    if (name) return { key: 'coQuanCap', value: name, found, certainty: 1 };
  }
  const last = lines.at(-1)!;
  const split = lines.length > 1 && /^(TỈNH|THÀNH PHỐ|PHƯỜNG|XÃ|THỊ TRẤN|ĐẶC KHU|HÀNH CHÍNH CÔNG)\b/u.test(last.text);
  const found = joined(lines.slice(split ? -2 : -1));
  return { key: 'coQuanCap', value: official(found.text, names) ?? agencyCase(found.text), found, certainty: 0.9 };
};

/** The name of the document: capitals, the largest print of the first page. */
const title = (
  first: readonly Segment[],
  template: DocumentTemplate,
): { lines: Segment[]; similarity: number } | undefined => {
  const wanted = bareKey(template.name);
  const candidates = first
    .filter((segment) => isCapitals(segment) && !isMotto(segment))
    .map((segment) => {
      const lines = block(
        segment,
        first,
        (next, last) => isCapitals(next) && Math.abs(heightOf(next) / heightOf(last) - 1) < 0.35,
      );
      const similarities = lines.map((_, index) => {
        const key = bareKey(joined(lines.slice(0, index + 1)).text);
        return {
          count: index + 1,
          similarity: 1 - editDistance(key, wanted, wanted.length) / Math.max(key.length, wanted.length),
        };
      });
      const best = similarities.reduce((one, other) => (other.similarity > one.similarity ? other : one));
      return { lines: lines.slice(0, best.count), similarity: best.similarity, height: heightOf(segment) };
    });
  const named = candidates.reduce<(typeof candidates)[number] | undefined>(
    (one, other) => (other.similarity > (one?.similarity ?? 0.6) ? other : one),
    undefined,
  );
  // Below the middle stand the titles of those who sign.
  const middle = Math.max(...first.map(({ box }) => box[3])) / 2;
  const upper = candidates.filter(({ lines }) => lines[0]!.box[1] > middle);
  return named ?? upper.sort((one, other) => other.height - one.height)[0];
};

/** The abstract stands under the name and opens with "about" (Decree 30/2020 App. I, II.5). */
const abstract = (name: Segment, first: readonly Segment[]): PlacedValue | undefined => {
  const start = below(name, first);
  if (!start || !/^(ve viec|v\/v)/u.test(searchKey(start.text))) return undefined;
  const found = joined(
    block(start, first, (next) => !isCapitals(next) && !/^(can cu|kinh gui)/u.test(searchKey(next.text))),
  );
  return { key: 'trichYeu', value: found.text, found, certainty: 1 };
};

/** Place and date (Decree 30/2020 App. I, II.4): `Thành Sen, ngày 18 tháng 3 năm 2026`, the first such line. */
const dateLine = (all: readonly Segment[]): PlacedValue | undefined => {
  const found = all.find(
    ({ text }) =>
      /^\p{Lu}[\p{L}\s.]{1,40},?\s*ng[àa]y\s*[\dOol]{1,2}\s*th[áa]ng/u.test(text) &&
      !/^(căn cứ|ngày|đăng ký)/iu.test(text),
  );
  const date = found && shapeValue('date', found.text);
  return date && { key: 'ngayCap', value: date.value, found, certainty: 1 };
};

/** What the lay-out of an administrative document tells without anchors (Decree 30/2020 Appendix I). */
export const letterhead = (
  all: readonly Segment[],
  template: DocumentTemplate,
  context: ExtractionContext,
): PlacedValue[] => {
  const first = all.filter(({ page }) => page === 1);
  if (first.length === 0) return [];
  const values: (PlacedValue | undefined)[] = [agency(all, context), dateLine(all)];
  const name = title(first, template);
  if (name) {
    const found = joined(name.lines);
    const known = name.similarity > 0.85;
    values.push(
      { key: 'tenGiayTo', value: known ? template.name : sentence(found.text), found, certainty: known ? 1 : 0.8 },
      { key: 'maLoaiGiayTo', value: template.code, found, certainty: Math.min(1, name.similarity + 0.1) },
      abstract(name.lines.at(-1)!, first),
    );
  }
  return values.filter((value) => value !== undefined);
};
