import type { OcrPage } from '../ocr/ocr-engine.port.js';
import { announcedBy } from './anchors.js';
import type { DocumentTemplate, ExtractionContext, FieldTemplate, ProposedField } from './field-template.js';
import { shapeValue } from './field-shapes.js';
import { letterhead, officialAgency } from './letterhead.js';
import { segmentsOf, type Segment } from './segments.js';

/** Just below the threshold at which a field counts as read: the officer looks at it by itself (FR-24, FR-27). */
const notByItself = 0.89;
const correctedAtMost = 0.85;
const brokenRule = 0.5;

const readingConfidence = ({ words }: Segment): number => {
  const letters = words.reduce((sum, { text }) => sum + text.length, 0);
  return words.reduce((sum, { text, confidence }) => sum + confidence * text.length, 0) / Math.max(letters, 1);
};

const rounded = (value: number): number => Math.round(value * 1000) / 1000;

const propose = (key: string, value: string, found: Segment, confidence: number): ProposedField => ({
  key,
  value,
  raw: found.text,
  confidence: rounded(confidence),
  page: found.page,
  box: found.box,
  source: 'OCR',
});

/** Words of a segment that carry the value, so that confidence and box speak of them and not of the whole line. */
const narrowed = (found: Segment, value: string): Segment => {
  const digits = value.replace(/\D/gu, '');
  const words = found.words.filter(({ text }) => digits !== '' && text.replace(/\D/gu, '').includes(digits));
  const [word] = words;
  return words.length === 1 && word ? { ...found, words, box: word.box } : found;
};

const isIdentifier = ({ kind }: FieldTemplate): boolean =>
  kind === 'personalId' || kind === 'businessCode' || kind === 'identifier';

interface Candidates {
  /** Undefined when no anchor of the field announces anything. */
  readonly anchor?: string;
  readonly found: readonly ProposedField[];
}

const candidates = (field: FieldTemplate, all: readonly Segment[], context: ExtractionContext): Candidates => {
  for (const anchor of field.anchors) {
    const found = announcedBy(anchor, all).flatMap(({ value: segment, certainty }) => {
      const shaped = shapeValue(field.kind, segment.text);
      if (!shaped) return [];
      const carrier = isIdentifier(field) ? narrowed(segment, shaped.value) : segment;
      const caps = [
        ...(shaped.valid ? [] : [brokenRule]),
        ...(shaped.corrected ? [correctedAtMost] : []),
        ...(isIdentifier(field) && !context.applicantIdentifiers.includes(shaped.value) ? [notByItself] : []),
      ];
      const official = field.kind === 'agency' ? officialAgency(shaped.value, context.agencyNames ?? []) : undefined;
      const confidence = Math.min(readingConfidence(carrier) * certainty, ...caps);
      return [{ ...propose(field.key, official ?? shaped.value, carrier, confidence), raw: segment.text }];
    });
    if (found.length > 0) return { anchor, found };
  }
  return { found: [] };
};

/** A number that the application names, wherever it stands on the paper: the label may be broken over two lines. */
const knownIdentifier = (
  field: FieldTemplate,
  all: readonly Segment[],
  context: ExtractionContext,
): ProposedField | undefined => {
  for (const segment of all) {
    const value = shapeValue(field.kind, segment.text)?.value;
    if (value === undefined || !context.applicantIdentifiers.includes(value)) continue;
    const carrier = narrowed(segment, value);
    return propose(field.key, value, carrier, readingConfidence(carrier));
  }
  return undefined;
};

/** Two addresses on one paper: the same label, equally clear, announces another value as well. */
const isDisputed = (chosen: ProposedField, found: readonly ProposedField[], sharers: number): boolean =>
  sharers <= 1 && found.some(({ value, confidence }) => value !== chosen.value && confidence > chosen.confidence - 0.1);

/**
 * Proposes the nine minimum fields of Circular 01/2023 Art. 9 (`maLoaiGiayTo`, `dinhDanhChuGiayTo`, `tenGiayTo`,
 * `soKyHieu`, `ngayCap`, `coQuanCap`, `trichYeu`, `coGiaTriDen`, `phamVi`) and the fields of the document type. A field
 * that is not found is not proposed; validity is never invented (FR-29). An identifier that breaks its rule, or that
 * no second source confirms, stays below 0.90 (FR-27).
 * @param pages in order, as recognised or as the file's own text
 */
export const extractFields = (
  pages: readonly OcrPage[],
  template: DocumentTemplate,
  context: ExtractionContext,
): ProposedField[] => {
  const all = pages.flatMap((page, index) => segmentsOf(page, index + 1));
  const own = new Set(template.fields.map(({ key }) => key));
  const proposed = new Map<string, ProposedField>();
  for (const { key, value, found, certainty } of letterhead(all, template, context))
    proposed.set(key, propose(key, value, found, readingConfidence(found) * certainty));

  const taken = new Map<string, number>();
  for (const field of [...template.fields, ...template.commonFields.filter(({ key }) => !own.has(key))]) {
    const isOwn = own.has(field.key);
    const { anchor, found } = candidates(field, all, context);
    const shared = isOwn ? anchor : undefined;
    const turn = (shared !== undefined && taken.get(shared)) || 0;
    const agreeing = found.find(({ value }) => context.applicantIdentifiers.includes(value));
    const owner = isIdentifier(field) && !isOwn;
    const alone = owner || template.fields.filter(isIdentifier).length === 1;
    const byPlace = (owner ? agreeing : undefined) ?? found[turn];
    const chosen = byPlace ?? (isIdentifier(field) && alone ? knownIdentifier(field, all, context) : undefined);
    if (!chosen) continue;
    const sharers = template.fields.filter(({ anchors }) => shared !== undefined && anchors.includes(shared)).length;
    const disputed = chosen === found[turn] && isDisputed(chosen, found, sharers);
    if (shared !== undefined) taken.set(shared, turn + 1);
    if (isOwn || !proposed.has(field.key))
      proposed.set(field.key, disputed ? { ...chosen, confidence: Math.min(chosen.confidence, notByItself) } : chosen);
  }
  return [...proposed.values()];
};
