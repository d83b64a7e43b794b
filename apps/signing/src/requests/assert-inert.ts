import { DomainError } from '#kernel';
import { isName, PdfDict, type PdfDocument, type PdfObject, PdfRef, PdfStream } from '#engines/pdf';

/**
 * A signer signs what the page shows, so a file to be signed must not be able to change it: no script in anything that
 * can be reached from its catalog, be it a page, a form field, a bookmark or whatever else has actions.
 * @throws DomainError `pdf-javascript`, `pdf-damaged`, `pdf-too-complex`
 */
export const assertInert = (document: PdfDocument): void => {
  const seen = new Set<number>();
  const waiting: PdfObject[] = [document.catalogRef];
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (value instanceof PdfRef) {
      if (seen.has(value.number)) continue;
      seen.add(value.number);
      waiting.push(document.resolve(value));
    } else if (Array.isArray(value)) {
      for (const item of value as readonly PdfObject[]) waiting.push(item);
    } else if (value instanceof PdfDict || value instanceof PdfStream) {
      const dict = value instanceof PdfStream ? value.dict : value;
      if (isScript(document, dict)) throw new DomainError('pdf-javascript');
      for (const member of dict.values()) waiting.push(member);
    }
  }
};

/** An action of that type, a rendition with a script (ISO 32000-2, 12.6.4.14, 12.6.4.17), or the names of scripts (7.7.4). */
const isScript = (document: PdfDocument, dict: PdfDict): boolean =>
  isName(document.resolve(dict.get('S')), 'JavaScript') || dict.has('JS') || dict.has('JavaScript');
