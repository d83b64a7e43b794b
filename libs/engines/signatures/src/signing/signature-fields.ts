import { DomainError } from '#kernel';
import { isName, PdfDict, type PdfDocument, type PdfObject, PdfRef, textOf } from '#engines/pdf';

/** One annotation that shows a field. */
export interface FieldWidget {
  readonly ref: PdfRef;
  readonly dict: PdfDict;
}

/** A signature field of the form, signed or not. */
export interface SignatureField {
  /** Full name: the partial names from the root, joined by dots. */
  readonly name: string;
  readonly ref: PdfRef;
  readonly dict: PdfDict;
  readonly widgets: readonly FieldWidget[];
  /** The signature dictionary; absent while the field is empty. */
  readonly value?: PdfDict;
}

/**
 * The signature fields of a document, in the order of the form.
 * @throws DomainError `pdf-damaged` (cycles), `pdf-too-complex`
 */
export const readSignatureFields = (document: PdfDocument): SignatureField[] => {
  const form = document.dict(document.catalog.get('AcroForm'));
  const found: SignatureField[] = [];
  const visited = new Set<number>();

  const visit = (value: PdfObject, parentName: string, inheritedType: PdfObject | undefined, depth: number): void => {
    if (!(value instanceof PdfRef)) return;
    if (visited.has(value.number)) throw new DomainError('pdf-damaged', { reason: 'form-field-cycle' });
    if (visited.size > document.limits.treeNodes || depth > document.limits.nesting) {
      throw new DomainError('pdf-too-complex', { limit: 'treeNodes' });
    }
    visited.add(value.number);
    const dict = document.resolve(value);
    if (!(dict instanceof PdfDict)) return;
    const partial = textOf(document.resolve(dict.get('T')));
    const name = [parentName, partial].filter((part) => part !== undefined && part !== '').join('.');
    const type = dict.get('FT') ?? inheritedType;
    const kids = document.array(dict.get('Kids')) ?? [];
    // Kids with a name of their own are fields; kids without one are the widgets of this field (ISO 32000-2, 12.7.4.1).
    const named = kids.filter((kid) => document.dict(kid)?.has('T'));
    for (const kid of named) visit(kid, name, type, depth + 1);
    if (named.length > 0 || !isName(document.resolve(type), 'Sig')) return;
    const widgets = kids.flatMap((kid): FieldWidget[] => {
      const widget = document.dict(kid);
      return kid instanceof PdfRef && widget ? [{ ref: kid, dict: widget }] : [];
    });
    found.push({
      name,
      ref: value,
      dict,
      widgets: kids.length > 0 ? widgets : [{ ref: value, dict }],
      value: document.dict(dict.get('V')),
    });
  };

  for (const field of document.array(form?.get('Fields')) ?? []) visit(field, '', undefined, 0);
  return found;
};
