import { DomainError } from '#kernel';
import { type ByteSource, readRange } from './byte-source.js';
import type { PdfLimits } from './limits.js';
import { ObjectParser, WindowTooSmall } from './object-parser.js';
import { PdfDict, type PdfObject, type PdfRef, PdfStream } from './objects.js';

const FIRST_WINDOW = 8 * 1024;

/** Runs a parser at an offset, with a larger window each time the object turns out to reach beyond it. */
export const parseAt = <T>(
  source: ByteSource,
  offset: number,
  limits: PdfLimits,
  parse: (parser: ObjectParser) => T,
): T => {
  if (offset < 0 || offset >= source.length) throw new DomainError('pdf-damaged', { reason: 'offset', offset });
  for (let size = FIRST_WINDOW; size <= limits.objectBytes; size *= 8) {
    const window = source.read(offset, size);
    try {
      return parse(new ObjectParser(window, offset, offset + window.length >= source.length, limits));
    } catch (error) {
      if (!(error instanceof WindowTooSmall)) throw error;
    }
  }
  throw new DomainError('pdf-too-complex', { limit: 'objectBytes' });
};

export interface IndirectObject {
  readonly ref: PdfRef;
  readonly value: PdfObject;
  /** Offset after the object, before `endobj`. */
  readonly end: number;
}

/**
 * The indirect object at an offset.
 * @param lengthOf resolves a stream's /Length, which may be a reference
 */
export const readIndirectObject = (
  source: ByteSource,
  offset: number,
  limits: PdfLimits,
  lengthOf: (value: PdfObject | undefined) => number | undefined,
): IndirectObject => {
  const { ref, value, dataStart, end } = parseAt(source, offset, limits, (parser) => {
    const ref = parser.indirectHeader();
    const value = parser.parse();
    const end = parser.offset;
    if (value instanceof PdfDict && parser.takeKeyword('stream')) return { ref, value, end, dataStart: parser.offset };
    return { ref, value, end, dataStart: undefined };
  });
  if (dataStart === undefined || !(value instanceof PdfDict)) return { ref, value, end };

  const newline = readRange(source, dataStart, dataStart + 2);
  const start = dataStart + (newline[0] === 13 && newline[1] === 10 ? 2 : 1);
  const length = lengthOf(value.get('Length'));
  if (length === undefined || length < 0 || start + length > source.length) {
    throw new DomainError('pdf-damaged', { reason: 'stream-length', offset });
  }
  const tail = Buffer.from(readRange(source, start + length, start + length + 16)).toString('latin1');
  if (!/^\s{0,2}endstream/.test(tail)) throw new DomainError('pdf-damaged', { reason: 'stream-end', offset });
  return {
    ref,
    value: new PdfStream(value, () => readRange(source, start, start + length)),
    end: start + length + tail.indexOf('endstream') + 'endstream'.length,
  };
};
