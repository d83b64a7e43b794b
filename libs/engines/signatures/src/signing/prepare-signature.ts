import { createHash } from 'node:crypto';
import { DomainError, vietnamIso } from '#kernel';
import {
  type Box,
  type ByteSource,
  type ByteSpan,
  IncrementalWriter,
  name,
  PdfDict,
  PdfDocument,
  type PdfObject,
  type PdfPage,
  PdfRaw,
  PdfRef,
  PdfString,
  readRange,
  rectangleOf,
  textString,
} from '#engines/pdf';
import { type DigestAlgorithm, digests } from '../algorithms.js';
import { drawSlot } from '../appearance/draw-slot.js';
import { placeSlot } from '../appearance/place-slot.js';
import type { SignatureSlot } from '../appearance/signature-slot.js';
import { estimateCmsBytes } from '../cms/create-cms.js';
import type { SigningIdentity } from '../keys/signing-key.js';
import { assertCertificateUsable } from './assert-certificate-usable.js';
import { assertFurtherSignatureAllowed } from './assert-further-signature-allowed.js';
import { readSignatureFields, type SignatureField } from './signature-fields.js';

export interface SignatureOptions {
  /** Goes to /M, and the certificate must be in date then. */
  readonly signedAt: Date;
  readonly digestAlgorithm?: DigestAlgorithm;
  /** An existing empty field is filled, otherwise a new one of this name is made; absent: a new one, `Signature1` ... */
  readonly fieldName?: string;
  /** What is seen; absent: nothing. An existing field keeps its own rectangle and takes only the content. */
  readonly slot?: SignatureSlot;
  readonly signerName?: string;
  readonly reason?: string;
  readonly location?: string;
  /** Bytes kept free in /Contents for what comes later, such as a time stamp. */
  readonly spareBytes?: number;
}

/**
 * A file laid out for a signature that is not there yet. Between this value and {@link embedSignature} the key may be
 * anywhere: here, in a token, behind a service.
 */
export interface ToBeSigned {
  readonly fieldName: string;
  readonly identity: SigningIdentity;
  readonly digestAlgorithm: DigestAlgorithm;
  /** Digest of the two ranges. */
  readonly digest: Uint8Array;
  /** Offset and length of what stands before and behind /Contents. */
  readonly byteRange: readonly [number, number, number, number];
  /** The signature's `<...>` in the resulting file. */
  readonly contents: ByteSpan;
  /** The file as it was; not copied. */
  readonly source: ByteSource;
  /** What is appended to it. */
  readonly appended: Uint8Array;
}

const BYTE_RANGE_WIDTH = 36;
const HASH_CHUNK = 4 * 1024 * 1024;
/** Print (4) and Locked (128): the box is printed and cannot be dragged elsewhere (ISO 32000-2, 12.5.3). */
const WIDGET_FLAGS = 132;
/** SignaturesExist and AppendOnly (ISO 32000-2, 12.7.3). */
const SIGNATURE_FLAGS = 3;

/**
 * Appends an increment with a signature field, its appearance and a signature dictionary with an empty place for the
 * CMS, and digests the rest (PAdES baseline, EN 319 142-1, section 6.3).
 * @param pdf the whole file, or an opened one
 * @param identity certificate and chain: they decide how much room the CMS needs
 * @throws DomainError `pdf-*`, `signing-certificate-*`, `signing-forbidden-by-document`, `signature-field-*`,
 *   `signature-slot-unavailable`
 */
export const prepareSignature = (
  pdf: Uint8Array | PdfDocument,
  identity: SigningIdentity,
  options: SignatureOptions,
): ToBeSigned => {
  assertCertificateUsable(identity, options.signedAt);
  const document = pdf instanceof PdfDocument ? pdf : PdfDocument.open(pdf);
  const fields = readSignatureFields(document);
  const fieldName = options.fieldName ?? freeName(fields);
  assertFurtherSignatureAllowed(document, fields, fieldName);

  const digestAlgorithm = options.digestAlgorithm ?? 'SHA-256';
  const room = estimateCmsBytes(identity, digestAlgorithm) + (options.spareBytes ?? 0);
  const byteRangeGap = new PdfRaw(Buffer.alloc(BYTE_RANGE_WIDTH, ' '));
  const contentsGap = new PdfRaw(Buffer.from(`<${'0'.repeat(room * 2)}>`, 'latin1'));
  const writer = new IncrementalWriter(document);
  const signature = writer.add(signatureDictionary(options, byteRangeGap, contentsGap));

  const existing = fields.find((field) => field.name === fieldName);
  if (existing) fillField(document, writer, existing, signature, options);
  else addField(document, writer, fields, fieldName, signature, options);

  const { appended, offsetOf } = writer.finish();
  const start = offsetOf(contentsGap);
  const end = start + contentsGap.bytes.length;
  const base = document.source.length;
  const byteRange = [0, start, end, base + appended.length - end] as const;
  const byteRangeText = `[${byteRange.join(' ')}]`.padEnd(BYTE_RANGE_WIDTH);
  appended.write(byteRangeText, offsetOf(byteRangeGap) - base, 'latin1');

  const hash = createHash(digests[digestAlgorithm].nodeName);
  for (let at = 0; at < base; at += HASH_CHUNK) {
    hash.update(readRange(document.source, at, Math.min(base, at + HASH_CHUNK)));
  }
  hash.update(appended.subarray(0, start - base)).update(appended.subarray(end - base));
  return {
    fieldName,
    identity,
    digestAlgorithm,
    digest: hash.digest(),
    byteRange,
    contents: { start, end },
    source: document.source,
    appended,
  };
};

const freeName = (fields: readonly SignatureField[]): string => {
  const taken = new Set(fields.map(({ name }) => name));
  for (let number = 1; ; number++) if (!taken.has(`Signature${number}`)) return `Signature${number}`;
};

/** ISO 32000-2, 7.9.4, in Vietnam time. */
const pdfDate = (at: Date): PdfString => {
  const digits = vietnamIso(at).slice(0, 19).replace(/\D/g, '');
  return new PdfString(Buffer.from(`D:${digits}+07'00'`, 'latin1'));
};

const signatureDictionary = (options: SignatureOptions, byteRange: PdfRaw, contents: PdfRaw): PdfDict => {
  const dict = new PdfDict([
    ['Type', name('Sig')],
    ['Filter', name('Adobe.PPKLite')],
    ['SubFilter', name('ETSI.CAdES.detached')],
    ['ByteRange', byteRange],
    ['Contents', contents],
    ['M', pdfDate(options.signedAt)],
  ]);
  if (options.signerName) dict.set('Name', textString(options.signerName));
  if (options.reason) dict.set('Reason', textString(options.reason));
  if (options.location) dict.set('Location', textString(options.location));
  return dict;
};

const fillField = (
  document: PdfDocument,
  writer: IncrementalWriter,
  field: SignatureField,
  signature: PdfRef,
  options: SignatureOptions,
): void => {
  if (field.dict.has('V')) throw new DomainError('signature-field-signed', { field: field.name });
  const filled = new PdfDict([...field.dict, ['V', signature]]);
  writer.put(field.ref, filled);
  setSignatureFlags(document, writer, undefined);
  const widget = field.widgets[0];
  if (!widget || !options.slot) return;

  const rectangle = rectangleOf(document, widget.dict.get('Rect'));
  const page = pageOf(document, widget.dict) ?? slotPage(document, options.slot);
  const box = rectangle && page.geometry.toDisplay(rectangle);
  if (!box || box.width === 0 || box.height === 0) return;
  const appearance = drawSlot(writer, options.slot.content, box, page.geometry);
  const target = widget.ref.number === field.ref.number ? filled : new PdfDict(widget.dict);
  target.set('AP', new PdfDict([['N', appearance]]));
  writer.put(widget.ref, target);
};

/** The page an annotation says it is on, when it says so. */
const pageOf = (document: PdfDocument, widget: PdfDict): PdfPage | undefined => {
  const ref = widget.get('P');
  if (!(ref instanceof PdfRef)) return undefined;
  for (let index = 0; index < Math.min(document.pageCount, 500); index++) {
    const page = document.page(index);
    if (page.ref.number === ref.number) return page;
  }
  return undefined;
};

const slotPage = (document: PdfDocument, slot: SignatureSlot | undefined): PdfPage => {
  const page = slot?.page ?? 1;
  return document.page(page === 'LAST' ? Math.max(0, document.pageCount - 1) : page - 1);
};

const addField = (
  document: PdfDocument,
  writer: IncrementalWriter,
  fields: readonly SignatureField[],
  fieldName: string,
  signature: PdfRef,
  options: SignatureOptions,
): void => {
  // A dot would make it the name of a field below another one.
  if (fieldName.includes('.')) throw new DomainError('signature-field-not-found', { field: fieldName });
  const page = slotPage(document, options.slot);
  const widget = new PdfDict([
    ['Type', name('Annot')],
    ['Subtype', name('Widget')],
    ['FT', name('Sig')],
    ['T', textString(fieldName)],
    ['V', signature],
    ['P', page.ref],
    ['F', WIDGET_FLAGS],
    ['Rect', [0, 0, 0, 0]],
  ]);
  if (options.slot) {
    const box = placeSlot(options.slot, page.geometry, signatureBoxes(document, fields, page), page.index + 1);
    widget.set('Rect', page.geometry.toUserSpace(box));
    widget.set('AP', new PdfDict([['N', drawSlot(writer, options.slot.content, box, page.geometry)]]));
  }
  const ref = writer.add(widget);
  appendTo(document, writer, { ref: page.ref, dict: page.dict }, 'Annots', ref);
  setSignatureFlags(document, writer, ref);
};

/** Boxes of the signature fields on a page, in display space. */
const signatureBoxes = (document: PdfDocument, fields: readonly SignatureField[], page: PdfPage): Box[] =>
  fields
    .flatMap(({ widgets }) => widgets)
    .filter(({ dict }) => {
      const on = dict.get('P');
      return on instanceof PdfRef && on.number === page.ref.number;
    })
    .flatMap(({ dict }) => {
      const rectangle = rectangleOf(document, dict.get('Rect'));
      return rectangle ? [page.geometry.toDisplay(rectangle)] : [];
    });

/** Appends to the array under `key`, writing again only the array where it is an object of its own. */
const appendTo = (
  document: PdfDocument,
  writer: IncrementalWriter,
  holder: { readonly ref: PdfRef; readonly dict: PdfDict },
  key: string,
  item: PdfObject,
): void => {
  const current = holder.dict.get(key);
  const extended = [...(document.array(current) ?? []), item];
  if (current instanceof PdfRef && document.array(current)) writer.put(current, extended);
  else writer.put(holder.ref, new PdfDict([...holder.dict, [key, extended]]));
};

/** Makes the form say that it holds signatures, and lists a new field in it. */
const setSignatureFlags = (document: PdfDocument, writer: IncrementalWriter, newField: PdfRef | undefined): void => {
  const { catalog, catalogRef } = document;
  const reference = catalog.get('AcroForm');
  const form = document.dict(reference);
  const currentFlags = document.resolve(form?.get('SigFlags'));
  const flags = (typeof currentFlags === 'number' ? currentFlags : 0) | SIGNATURE_FLAGS;
  const updated = new PdfDict([...(form ?? []), ['SigFlags', flags]]);
  const list = form?.get('Fields');
  if (newField && list instanceof PdfRef && document.array(list)) {
    writer.put(list, [...(document.array(list) ?? []), newField]);
  } else if (newField) updated.set('Fields', [...(document.array(list) ?? []), newField]);

  const unchanged = form && currentFlags === flags && updated.get('Fields') === list;
  if (unchanged) return;
  if (reference instanceof PdfRef && form) writer.put(reference, updated);
  else writer.put(catalogRef, new PdfDict([...catalog, ['AcroForm', form ? updated : writer.add(updated)]]));
};
