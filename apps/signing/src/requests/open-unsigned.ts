import { DomainError, type ErrorCode } from '#kernel';
import { PdfDocument } from '#engines/pdf';
import { readSignatureFields } from '#engines/signatures';
import { assertInert } from './assert-inert.js';

/**
 * Opens a PDF that this service is about to sign first.
 * @param alreadySigned the code for a file that carries a signature
 * @throws DomainError `pdf-*`, `pdf-javascript`, and `alreadySigned`
 */
export function openUnsigned(pdf: Uint8Array, alreadySigned: ErrorCode): PdfDocument {
  const document = PdfDocument.open(pdf);
  if (readSignatureFields(document).some(({ value }) => value !== undefined)) throw new DomainError(alreadySigned);
  assertInert(document);
  if (document.pageCount === 0) throw new DomainError('pdf-page-not-found', { page: 1 });
  return document;
}
