import { isName, PdfDict, type PdfDocument, PdfName, type PdfObject, PdfRef, PdfStream, PdfString } from '#engines/pdf';
import { readSignatureFields } from '../signing/signature-fields.js';

const sameBytes = (one: Uint8Array, other: Uint8Array): boolean => Buffer.compare(one, other) === 0;

/** Whether two objects are written alike; references are compared, not followed. */
const same = (one: PdfObject | undefined, other: PdfObject | undefined): boolean => {
  if (one === other) return true;
  if (one instanceof PdfName && other instanceof PdfName) return one.value === other.value;
  if (one instanceof PdfRef && other instanceof PdfRef) {
    return one.number === other.number && one.generation === other.generation;
  }
  if (one instanceof PdfString && other instanceof PdfString) return sameBytes(one.bytes, other.bytes);
  if (one instanceof PdfDict && other instanceof PdfDict) return sameExcept(one, other, []);
  if (one instanceof PdfStream && other instanceof PdfStream) {
    return sameExcept(one.dict, other.dict, []) && sameBytes(one.encoded, other.encoded);
  }
  if (Array.isArray(one) && Array.isArray(other)) {
    return (
      one.length === other.length && one.every((item, index) => same(item as PdfObject, other[index] as PdfObject))
    );
  }
  return false;
};

const sameExcept = (one: PdfDict, other: PdfDict, ignored: readonly string[]): boolean =>
  [...new Set([...one.keys(), ...other.keys()])].every(
    (key) => ignored.includes(key) || same(one.get(key), other.get(key)),
  );

/** One revision and the one before it. */
interface Step {
  readonly before: PdfDocument;
  readonly after: PdfDocument;
  /** Object numbers of the signature fields and widgets that this revision added or signed. */
  readonly signatureObjects: ReadonlySet<number>;
}

/** The array afterwards begins with all it held before, and what was added are signature fields or widgets. */
const grewBySignatures = (step: Step, before: PdfObject | undefined, after: PdfObject | undefined): boolean => {
  const old = step.before.array(before) ?? [];
  const grown = step.after.array(after) ?? [];
  return (
    grown.length >= old.length &&
    old.every((item, index) => same(item, grown[index])) &&
    grown.slice(old.length).every((item) => item instanceof PdfRef && step.signatureObjects.has(item.number))
  );
};

const formGrew = (step: Step, before: PdfObject | undefined, after: PdfObject | undefined): boolean => {
  const old = step.before.dict(before) ?? new PdfDict();
  const grown = step.after.dict(after);
  return (
    grown !== undefined &&
    sameExcept(old, grown, ['Fields', 'SigFlags']) &&
    grewBySignatures(step, old.get('Fields'), grown.get('Fields'))
  );
};

type Rule = (step: Step, ref: PdfRef, before: PdfObject, after: PdfObject) => boolean;

/** What a further signature may change, each rule named for it. Whatever none of them clears is not explained. */
const rules: Readonly<Record<string, Rule>> = {
  unchanged: (_, __, before, after) => same(before, after),
  // A number that was free or lay below /Size may already be referred to from signed content.
  newObject: (step, ref, before) => before === null && ref.number >= step.before.size,
  catalogForm: (step, ref, before, after) =>
    ref.number === step.before.catalogRef.number &&
    before instanceof PdfDict &&
    after instanceof PdfDict &&
    sameExcept(before, after, ['AcroForm']) &&
    formGrew(step, before.get('AcroForm'), after.get('AcroForm')),
  form: (step, ref, before, after) => {
    const form = step.before.catalog.get('AcroForm');
    return form instanceof PdfRef && form.number === ref.number && formGrew(step, before, after);
  },
  list: (step, _, before, after) =>
    Array.isArray(before) && Array.isArray(after) && grewBySignatures(step, before, after),
  page: (step, _, before, after) =>
    before instanceof PdfDict &&
    after instanceof PdfDict &&
    isName(before.get('Type'), 'Page') &&
    sameExcept(before, after, ['Annots']) &&
    grewBySignatures(step, before.get('Annots'), after.get('Annots')),
  signedField: (step, ref, before, after) =>
    before instanceof PdfDict &&
    after instanceof PdfDict &&
    step.signatureObjects.has(ref.number) &&
    !before.has('V') &&
    sameExcept(before, after, ['V', 'AP', 'AS', 'F', 'M', 'MK', 'Lock']),
};

/** Whether a revision did nothing but add one or more signatures, judged by the form of what it changed. */
export const addsOnlySignatures = (document: PdfDocument, revision: number): boolean => {
  const before = document.at(revision - 1);
  const after = document.at(revision);
  const sections = document.revisions[revision]?.sections ?? [];
  const signedBefore = new Set(
    readSignatureFields(before)
      .filter(({ value }) => value !== undefined)
      .map(({ ref }) => ref.number),
  );
  const added = readSignatureFields(after).filter(({ value, ref }) => value && !signedBefore.has(ref.number));
  if (added.length === 0 || !same(before.trailer.get('Root'), after.trailer.get('Root'))) return false;
  const step: Step = {
    before,
    after,
    signatureObjects: new Set(
      added.flatMap(({ ref, widgets }) => [ref, ...widgets.map((w) => w.ref)].map((r) => r.number)),
    ),
  };
  for (const section of sections) {
    for (const number of section.objectNumbers()) {
      const entry = section.lookup(number);
      if (number === 0 || !entry) continue;
      const generation = entry.kind === 'OFFSET' ? entry.generation : 0;
      const ref = new PdfRef(number, generation);
      const old = before.resolve(ref);
      const now = after.resolve(ref);
      if (!Object.values(rules).some((rule) => rule(step, ref, old, now))) return false;
    }
  }
  return true;
};
