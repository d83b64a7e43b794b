import { DomainError } from '#kernel';
import type { PdfLimits } from './limits.js';
import type { PdfDict, PdfObject } from './objects.js';

/** Where an object of one revision stands. */
export type XrefEntry =
  | { readonly kind: 'FREE' }
  | { readonly kind: 'OFFSET'; readonly offset: number; readonly generation: number }
  | { readonly kind: 'COMPRESSED'; readonly stream: number; readonly index: number };

/** One cross-reference section: what one save of the file says about the objects it wrote. */
export interface XrefSection {
  /** Offset that `startxref` or /Prev names. */
  readonly offset: number;
  readonly kind: 'TABLE' | 'STREAM';
  /** The trailer, or the cross-reference stream's dictionary. */
  readonly trailer: PdfDict;
  /** Offset after the trailer dictionary, or after the stream's `endobj`. */
  readonly end: number;
  /** Highest object number named, -1 when none. */
  readonly highest: number;
  lookup(objectNumber: number): XrefEntry | undefined;
  objectNumbers(): Iterable<number>;
}

/** A run of consecutive object numbers and where its entries start in the table's bytes. */
export interface XrefRun {
  readonly first: number;
  readonly count: number;
  readonly start: number;
}

const free: XrefEntry = { kind: 'FREE' };
const TABLE_ENTRY_BYTES = 20;

const highestOf = (runs: readonly XrefRun[]): number =>
  runs.reduce((highest, { first, count }) => Math.max(highest, count > 0 ? first + count - 1 : -1), -1);

function* numbersOf(runs: readonly XrefRun[]): Iterable<number> {
  for (const { first, count } of runs) for (let index = 0; index < count; index++) yield first + index;
}

/** Later runs win, as in the sections written by tools that name an object twice. */
const entryStart = (runs: readonly XrefRun[], objectNumber: number, entryBytes: number): number => {
  for (let index = runs.length - 1; index >= 0; index--) {
    const run = runs[index];
    if (run && objectNumber >= run.first && objectNumber < run.first + run.count) {
      return run.start + (objectNumber - run.first) * entryBytes;
    }
  }
  return -1;
};

/**
 * A classic table. Entries are fixed at 20 bytes (ISO 32000-2, 7.5.4), so they are found by arithmetic and read one by
 * one when asked for: a file of 100,000 objects costs nothing to open.
 * @param bytes window of the file holding the entries; run starts are offsets into it
 */
export const tableSection = (
  bytes: Uint8Array,
  runs: readonly XrefRun[],
  section: Pick<XrefSection, 'offset' | 'trailer' | 'end'>,
  hidden: XrefSection | undefined,
): XrefSection => ({
  ...section,
  kind: 'TABLE',
  highest: Math.max(highestOf(runs), hidden?.highest ?? -1),
  lookup(objectNumber) {
    const start = entryStart(runs, objectNumber, TABLE_ENTRY_BYTES);
    const entry = start < 0 ? undefined : parseTableEntry(bytes, start);
    // Hybrid file: what the table hides as free, the stream named by /XRefStm may show (ISO 32000-2, 7.5.8.4).
    return entry === undefined || entry.kind === 'FREE' ? (hidden?.lookup(objectNumber) ?? entry) : entry;
  },
  objectNumbers: () => (hidden ? new Set([...numbersOf(runs), ...hidden.objectNumbers()]) : numbersOf(runs)),
});

const parseTableEntry = (bytes: Uint8Array, start: number): XrefEntry => {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + start, TABLE_ENTRY_BYTES).toString('latin1');
  const match = /^(\d{10}) (\d{5}) ([nf])(?: \r| \n|\r\n)$/.exec(text);
  if (!match) throw new DomainError('pdf-damaged', { reason: 'xref-entry' });
  return match[3] === 'f' ? free : { kind: 'OFFSET', offset: Number(match[1]), generation: Number(match[2]) };
};

const integers = (value: PdfObject | undefined): number[] | undefined => {
  if (!Array.isArray(value)) return undefined;
  const numbers = value.filter((item): item is number => Number.isInteger(item) && (item as number) >= 0);
  return numbers.length === value.length ? numbers : undefined;
};

/** A cross-reference stream (ISO 32000-2, 7.5.8). @param data the stream's decoded data */
export const streamSection = (
  data: Uint8Array,
  section: Pick<XrefSection, 'offset' | 'trailer' | 'end'>,
  limits: PdfLimits,
): XrefSection => {
  const damaged = (): DomainError => new DomainError('pdf-damaged', { reason: 'xref-stream' });
  const widths = integers(section.trailer.get('W'));
  const size = section.trailer.get('Size');
  const [typeWidth, secondWidth, thirdWidth] = widths ?? [];
  if (typeWidth === undefined || secondWidth === undefined || thirdWidth === undefined) throw damaged();
  if (Math.max(typeWidth, secondWidth, thirdWidth) > 8 || typeof size !== 'number') throw damaged();
  const index = section.trailer.has('Index') ? integers(section.trailer.get('Index')) : [0, size];
  if (!index || index.length % 2 !== 0 || index.length > limits.objectBytes) throw damaged();

  const entryBytes = typeWidth + secondWidth + thirdWidth;
  const runs: XrefRun[] = [];
  let start = 0;
  for (let at = 0; at < index.length; at += 2) {
    const count = index[at + 1] ?? 0;
    runs.push({ first: index[at] ?? 0, count, start });
    start += count * entryBytes;
  }
  if (start > data.length || entryBytes === 0) throw damaged();

  const buffer = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  const field = (at: number, width: number): number => {
    if (width === 0) return 0;
    // Writers may use eight bytes; what needs more than six lies beyond any file.
    const unused = Math.max(0, width - 6);
    if (buffer.subarray(at, at + unused).some((octet) => octet !== 0)) throw damaged();
    return buffer.readUIntBE(at + unused, width - unused);
  };
  return {
    ...section,
    kind: 'STREAM',
    highest: highestOf(runs),
    lookup(objectNumber) {
      const at = entryStart(runs, objectNumber, entryBytes);
      if (at < 0) return undefined;
      const second = field(at + typeWidth, secondWidth);
      const third = field(at + typeWidth + secondWidth, thirdWidth);
      switch (typeWidth === 0 ? 1 : field(at, typeWidth)) {
        case 0:
          return free;
        case 1:
          return { kind: 'OFFSET', offset: second, generation: third };
        case 2:
          return { kind: 'COMPRESSED', stream: second, index: third };
        default:
          return undefined;
      }
    },
    objectNumbers: () => numbersOf(runs),
  };
};
