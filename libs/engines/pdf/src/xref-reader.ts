import { DomainError } from '#kernel';
import { type ByteSource, readRange } from './byte-source.js';
import { decodeStream } from './filters.js';
import type { PdfLimits } from './limits.js';
import { parseAt, readIndirectObject } from './object-reader.js';
import { PdfDict, type PdfObject, PdfStream } from './objects.js';
import { streamSection, tableSection, type XrefRun, type XrefSection } from './xref.js';

const TAIL_BYTES = 2048;

const damaged = (reason: string, offset?: number): DomainError => new DomainError('pdf-damaged', { reason, offset });

/** Offset named by the last `startxref` of the file. */
const readStartXref = (source: ByteSource): number => {
  const from = Math.max(0, source.length - TAIL_BYTES);
  const tail = Buffer.from(readRange(source, from, source.length)).toString('latin1');
  const at = tail.lastIndexOf('startxref');
  const match = at < 0 ? null : /^startxref\s+(\d{1,15})\s+%%EOF/.exec(tail.slice(at));
  if (!match) throw damaged('startxref');
  return Number(match[1]);
};

type TableStep =
  | { readonly trailer: PdfObject; readonly end: number }
  | { readonly first: number; readonly count: number; readonly start: number };

const readTable = (source: ByteSource, offset: number, limits: PdfLimits, depth: number): XrefSection => {
  const runs: { first: number; count: number; offset: number }[] = [];
  let position = offset;
  parseAt(source, offset, limits, (parser) => {
    if (!parser.takeKeyword('xref')) throw parser.damaged('xref-expected');
    position = parser.offset;
  });
  for (;;) {
    const step = parseAt<TableStep>(source, position, limits, (parser) => {
      if (parser.takeKeyword('trailer')) return { trailer: parser.parse(), end: parser.offset };
      const first = parser.unsignedInteger();
      const count = parser.unsignedInteger();
      if (first === undefined || count === undefined) throw parser.damaged('xref-subsection');
      parser.skipSpace();
      return { first, count, start: parser.offset };
    });
    if ('trailer' in step) {
      if (!(step.trailer instanceof PdfDict)) throw damaged('trailer', position);
      return finishTable(source, { offset, trailer: step.trailer, end: step.end }, runs, limits, depth);
    }
    const end = step.start + step.count * 20;
    if (end > source.length) throw damaged('xref-subsection', position);
    runs.push({ first: step.first, count: step.count, offset: step.start });
    position = end;
  }
};

const finishTable = (
  source: ByteSource,
  section: Pick<XrefSection, 'offset' | 'trailer' | 'end'>,
  runs: readonly { first: number; count: number; offset: number }[],
  limits: PdfLimits,
  depth: number,
): XrefSection => {
  const hiddenAt = section.trailer.get('XRefStm');
  if (typeof hiddenAt === 'number' && depth > 0) throw damaged('hybrid-xref', hiddenAt);
  const hidden = typeof hiddenAt === 'number' ? readStream(source, hiddenAt, limits) : undefined;
  const relative: XrefRun[] = runs.map((run) => ({ ...run, start: run.offset - section.offset }));
  return tableSection(readRange(source, section.offset, section.end), relative, section, hidden);
};

const readStream = (source: ByteSource, offset: number, limits: PdfLimits): XrefSection => {
  // /Length of a cross-reference stream is direct: nothing could resolve a reference yet (ISO 32000-2, 7.5.8.2).
  const { value, end } = readIndirectObject(source, offset, limits, (length) =>
    typeof length === 'number' ? length : undefined,
  );
  if (!(value instanceof PdfStream)) throw damaged('xref-stream', offset);
  return streamSection(decodeStream(value, limits), { offset, trailer: value.dict, end }, limits);
};

const readSection = (source: ByteSource, offset: number, limits: PdfLimits): XrefSection => {
  const isTable = parseAt(source, offset, limits, (parser) => parser.takeKeyword('xref'));
  return isTable ? readTable(source, offset, limits, 0) : readStream(source, offset, limits);
};

/**
 * All cross-reference sections, newest first, along the /Prev chain.
 * @throws DomainError `pdf-damaged`, `pdf-too-complex`
 */
export const readXrefChain = (source: ByteSource, limits: PdfLimits): XrefSection[] => {
  const sections: XrefSection[] = [];
  const seen = new Set<number>();
  let offset: number | undefined = readStartXref(source);
  while (offset !== undefined) {
    if (seen.has(offset)) throw damaged('xref-cycle', offset);
    if (seen.size >= limits.revisions) throw new DomainError('pdf-too-complex', { limit: 'revisions' });
    seen.add(offset);
    const section: XrefSection = readSection(source, offset, limits);
    sections.push(section);
    const previous: PdfObject | undefined = section.trailer.get('Prev');
    if (previous !== undefined && typeof previous !== 'number') throw damaged('xref-previous', offset);
    offset = previous;
  }
  return sections;
};
