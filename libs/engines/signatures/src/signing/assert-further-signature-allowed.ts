import { DomainError } from '#kernel';
import { isName, PdfDict, type PdfDocument, textOf } from '#engines/pdf';
import type { SignatureField } from './signature-fields.js';

const forbid = (rule: string): DomainError => new DomainError('signing-forbidden-by-document', { rule });

/**
 * Obeys what earlier signers fixed: certification without permitted changes (DocMDP P1, ISO 32000-2, 12.8.2.2) and
 * locks on fields (FieldMDP, 12.8.2.4; /Lock, 12.7.5.5).
 * @param fieldName the field about to be signed
 * @throws DomainError `signing-forbidden-by-document`
 */
export const assertFurtherSignatureAllowed = (
  document: PdfDocument,
  fields: readonly SignatureField[],
  fieldName: string,
): void => {
  for (const field of fields.filter(({ value }) => value !== undefined)) {
    for (const item of document.array(field.value?.get('Reference')) ?? []) {
      const reference = document.dict(item);
      const parameters = document.dict(reference?.get('TransformParams')) ?? new PdfDict();
      const method = document.resolve(reference?.get('TransformMethod'));
      if (isName(method, 'DocMDP') && document.resolve(parameters.get('P')) === 1) throw forbid('DocMDP P1');
      if (isName(method, 'FieldMDP') && locks(document, parameters, fieldName)) throw forbid('FieldMDP');
    }
    const lock = document.dict(field.dict.get('Lock'));
    if (lock && document.resolve(lock.get('P')) === 1) throw forbid('Lock P1');
    if (lock && locks(document, lock, fieldName)) throw forbid('Lock');
  }
};

const locks = (document: PdfDocument, parameters: PdfDict, fieldName: string): boolean => {
  const action = document.resolve(parameters.get('Action'));
  const named = (document.array(parameters.get('Fields')) ?? []).map((item) => textOf(document.resolve(item)));
  // A lock on a field covers the fields below it.
  const listed = named.some((name) => name === fieldName || fieldName.startsWith(`${name ?? ''}.`));
  return isName(action, 'All') || (isName(action, 'Include') && listed) || (isName(action, 'Exclude') && !listed);
};
