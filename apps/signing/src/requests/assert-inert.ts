import { DomainError } from '#kernel';
import { isName, PdfDict, type PdfDocument, type PdfObject } from '#engines/pdf';

/**
 * A signer signs what the page shows, so a draft must not be able to change it: no script, at the document, its pages or
 * what lies on them.
 * @throws DomainError `pdf-javascript`
 */
export const assertInert = (document: PdfDocument): void => {
  const { catalog } = document;
  const refuseIf = (active: boolean): void => {
    if (active) throw new DomainError('pdf-javascript');
  };
  refuseIf(document.dict(catalog.get('Names'))?.has('JavaScript') ?? false);
  refuseIf(isScript(document, catalog.get('OpenAction')) || hasScript(document, catalog.get('AA')));
  for (let index = 0; index < document.pageCount; index++) {
    const page = document.page(index).dict;
    refuseIf(hasScript(document, page.get('AA')));
    for (const item of document.array(page.get('Annots')) ?? []) {
      const annotation = document.dict(item);
      refuseIf(isScript(document, annotation?.get('A')) || hasScript(document, annotation?.get('AA')));
    }
  }
};

/** ISO 32000-2, 12.6.4.17; an action may carry the next one. */
const isScript = (document: PdfDocument, action: PdfObject | undefined, depth = 0): boolean => {
  const dict = document.dict(action);
  if (!dict || depth > 8) return false;
  if (isName(document.resolve(dict.get('S')), 'JavaScript')) return true;
  const next = dict.get('Next');
  return (document.array(next) ?? [next]).some((item) => isScript(document, item, depth + 1));
};

/** Additional actions (12.6.3): one per trigger. */
const hasScript = (document: PdfDocument, actions: PdfObject | undefined): boolean =>
  [...(document.dict(actions) ?? new PdfDict()).values()].some((action) => isScript(document, action));
