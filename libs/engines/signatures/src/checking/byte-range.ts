import { type PdfDict, type PdfDocument, PdfString, readRange } from '#engines/pdf';
import type { CheckReasonKey } from './check-reasons.js';

/** Which bytes a signature covers, once the rules on its byte range hold. */
export interface SignedRange {
  readonly ranges: readonly [number, number, number, number];
  /** Index of the revision whose end the range reaches. */
  readonly revision: number;
}

/**
 * The rules on /ByteRange (ISO 32000-2, 12.8.1; EN 319 142-1, 5.3): four integers, the first 0; the gap exactly the
 * `<...>` of this signature's own /Contents; the end that of the revision the signature stands in.
 */
export const checkByteRange = (document: PdfDocument, signature: PdfDict): SignedRange | CheckReasonKey => {
  const numbers = (document.array(signature.get('ByteRange')) ?? []).map((item) => document.resolve(item));
  const [start, length, resume, rest] = numbers;
  const isOffset = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
  if (numbers.length !== 4 || !isOffset(start) || !isOffset(length) || !isOffset(resume) || !isOffset(rest)) {
    return 'byte-range-malformed';
  }
  const end = resume + rest;
  if (start !== 0 || length > resume || end > document.source.length) return 'byte-range-malformed';

  const contents = signature.get('Contents');
  const span = contents instanceof PdfString && contents.hexadecimal ? contents.span : undefined;
  if (!span || length !== span.start || resume !== span.end) return 'byte-range-gap';

  const own = document.revisions.find((revision) => (revision.endWithNewline ?? -1) >= span.end);
  if (!own || own.end === undefined || own.endWithNewline === undefined) return 'byte-range-end';
  if (end < own.end) return 'byte-range-end';
  // A line end may follow %%EOF; anything more is not part of this revision.
  const beyond = Buffer.from(readRange(document.source, own.end, end)).toString('latin1');
  if (end > own.endWithNewline && !/^\s*$/.test(beyond)) return 'byte-range-end';
  return { ranges: [start, length, resume, rest], revision: own.index };
};
