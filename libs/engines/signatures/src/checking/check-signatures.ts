import { DomainError } from '#kernel';
import { PdfDocument, type PdfDict, PdfName, PdfString, readRange, textOf } from '#engines/pdf';
import { digestByOid } from '../algorithms.js';
import { maySignDocuments, readCertificate } from '../certificates/certificate.js';
import { readSignatureFields } from '../signing/signature-fields.js';
import { checkByteRange, type SignedRange } from './byte-range.js';
import { checkCertificatePath } from './certificate-path.js';
import { checkCms } from './check-cms.js';
import type { CheckReasonKey } from './check-reasons.js';
import {
  type CheckName,
  type CheckOutcome,
  failed,
  indeterminate,
  notChecked,
  passed,
  reason,
  type SignatureCheck,
  type SignatureCheckReport,
  verdictOf,
} from './check-report.js';
import { addsOnlySignatures } from './later-revisions.js';
import { type CmsFacts, readCms } from './read-cms.js';

export interface CheckOptions {
  /** Certificates of trusted roots, DER. */
  readonly trustAnchors: readonly Uint8Array[];
  /** Time of the check; certificates are judged at the claimed signing time, or at this time where none is claimed. */
  readonly at: Date;
}

const formats: Readonly<Record<string, { readonly pades: boolean }>> = {
  'ETSI.CAdES.detached': { pades: true },
  'adbe.pkcs7.detached': { pades: false },
};

/**
 * Checks every signature of a PDF: byte range, digest, signature value, certificate path, and whether what follows a
 * signature has the form of further signatures. Revocation, time stamps and the content of later changes are reported
 * as `NOT_CHECKED`.
 *
 * Never throws: whatever the bytes are, the answer is a report.
 */
export const checkSignatures = (pdf: Uint8Array, options: CheckOptions): SignatureCheckReport => {
  try {
    const document = PdfDocument.open(pdf);
    const fields = readSignatureFields(document).filter(({ value }) => value !== undefined);
    if (fields.length === 0) return withoutSignatures('no-signature', options, 'INDETERMINATE');
    const later = new LaterRevisions(document);
    const signatures = fields.map(({ name, value }) => checkOne(document, name, value as PdfDict, later, options));
    const outcomes: CheckOutcome[] = bytesAfterEnd(document) ? [indeterminate('bytes-after-end')] : [];
    for (const { verdict } of signatures) {
      if (verdict === 'INVALID') outcomes.push({ status: 'FAILED' });
      if (verdict === 'INDETERMINATE') outcomes.push({ status: 'INDETERMINATE' });
    }
    const reasons = [...reasonsOf(outcomes), ...signatures.flatMap((signature) => signature.reasons)];
    return {
      verdict: verdictOf(outcomes),
      reasons: [...new Map(reasons.map((item) => [item.key, item])).values()],
      signatures,
      checkedAt: options.at,
    };
  } catch (error) {
    const encrypted = error instanceof DomainError && error.code === 'pdf-encrypted';
    if (encrypted) return withoutSignatures('file-encrypted', options, 'INDETERMINATE');
    const signed = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength).includes('/ByteRange');
    return signed
      ? withoutSignatures('signed-file-damaged', options, 'INVALID')
      : withoutSignatures('file-unreadable', options, 'INDETERMINATE');
  }
};

const withoutSignatures = (
  key: CheckReasonKey,
  options: CheckOptions,
  verdict: 'INVALID' | 'INDETERMINATE',
): SignatureCheckReport => ({ verdict, reasons: [reason(key)], signatures: [], checkedAt: options.at });

const reasonsOf = (outcomes: readonly CheckOutcome[]) => outcomes.flatMap((outcome) => outcome.reason ?? []);

const bytesAfterEnd = (document: PdfDocument): boolean => {
  const end = document.revisions.at(-1)?.end ?? document.source.length;
  return !/^\s*$/.test(Buffer.from(readRange(document.source, end, document.source.length)).toString('latin1'));
};

/** Judges each revision once, however many signatures stand before it. */
class LaterRevisions {
  private readonly judged = new Map<number, boolean>();

  constructor(private readonly document: PdfDocument) {}

  after(revision: number): CheckOutcome {
    const count = this.document.revisions.length - 1 - revision;
    if (count === 0) return passed;
    for (let index = revision + 1; index <= revision + count; index++) {
      if (!this.isSignature(index)) return indeterminate('later-changes-not-checked');
    }
    return { status: 'NOT_CHECKED', reason: reason('later-revisions-are-signatures') };
  }

  private isSignature(index: number): boolean {
    const known = this.judged.get(index);
    if (known !== undefined) return known;
    const judged = addsOnlySignatures(this.document, index);
    this.judged.set(index, judged);
    return judged;
  }
}

type Checks = Readonly<Record<CheckName, CheckOutcome>>;

const nothingChecked: Checks = {
  byteRange: notChecked,
  structure: notChecked,
  digest: notChecked,
  signatureValue: notChecked,
  signingCertificate: notChecked,
  algorithm: notChecked,
  path: notChecked,
  keyUsage: notChecked,
  laterChanges: notChecked,
  revocation: notChecked,
  timestamp: notChecked,
};

type Facts = Omit<SignatureCheck, 'field' | 'checks' | 'verdict' | 'reasons' | 'coverage' | 'kind'>;

const checkOne = (
  document: PdfDocument,
  field: string,
  signature: PdfDict,
  later: LaterRevisions,
  options: CheckOptions,
): SignatureCheck => {
  const subFilter = document.resolve(signature.get('SubFilter'));
  const format = subFilter instanceof PdfName ? subFilter.value : '';
  const kind = format === 'ETSI.RFC3161' ? 'DOCUMENT_TIMESTAMP' : 'SIGNATURE';
  const range = attempt(() => checkByteRange(document, signature)) ?? 'byte-range-malformed';
  const signed = typeof range === 'string' ? undefined : range;
  const { facts, checks } = attempt(() => judge(document, signature, format, signed, options)) ?? {
    facts: {},
    checks: { ...nothingChecked, structure: failed('signature-unreadable') },
  };
  const complete: Checks = {
    ...checks,
    byteRange: typeof range === 'string' ? failed(range) : passed,
    laterChanges: signed
      ? (attempt(() => later.after(signed.revision)) ?? indeterminate('later-changes-not-checked'))
      : notChecked,
  };
  const outcomes = Object.values(complete);
  const laterRevisions = signed ? document.revisions.length - 1 - signed.revision : 0;
  return {
    field,
    kind,
    ...facts,
    coverage: { wholeFile: signed !== undefined && laterRevisions === 0, laterRevisions },
    checks: complete,
    verdict: verdictOf(outcomes),
    reasons: reasonsOf(outcomes),
  };
};

/** Whatever a reader throws at hostile bytes means that the thing could not be read. */
const attempt = <T>(read: () => T): T | undefined => {
  try {
    return read();
  } catch {
    return undefined;
  }
};

const judge = (
  document: PdfDocument,
  signature: PdfDict,
  format: string,
  signed: SignedRange | undefined,
  options: CheckOptions,
): { facts: Facts; checks: Checks } => {
  const contents = document.resolve(signature.get('Contents'));
  const known = formats[format];
  const claimedTime = parsePdfDate(textOf(document.resolve(signature.get('M'))));
  if (!(contents instanceof PdfString) || contents.bytes.every((octet) => octet === 0)) {
    return { facts: { claimedTime }, checks: { ...nothingChecked, structure: failed('signature-empty') } };
  }
  if (!known) {
    return { facts: { claimedTime }, checks: { ...nothingChecked, structure: indeterminate('format-unsupported') } };
  }
  const cms = readCms(contents.bytes);
  const content = signed ? contentOf(document, signed) : [];
  const cmsChecks = checkCms(cms, content, known.pades);
  const certificateResult = checkCertificate(cms, claimedTime ?? options.at, options);
  const checks = { ...nothingChecked, ...cmsChecks, ...certificateResult.checks };
  return {
    facts: { claimedTime, ...certificateResult.facts },
    // Without a byte range that holds, nothing says which bytes to digest.
    checks: signed ? checks : { ...checks, digest: notChecked },
  };
};

const contentOf = (document: PdfDocument, { ranges }: SignedRange): Uint8Array[] => [
  readRange(document.source, ranges[0], ranges[0] + ranges[1]),
  readRange(document.source, ranges[2], ranges[2] + ranges[3]),
];

const checkCertificate = (
  cms: CmsFacts,
  at: Date,
  options: CheckOptions,
): { facts: Facts; checks: Pick<Checks, 'path' | 'keyUsage'> } => {
  const signer = cms.signers[0];
  if (!signer?.certificate) return { facts: {}, checks: { path: notChecked, keyUsage: notChecked } };
  const certificate = readCertificate(signer.certificate);
  const fault = checkCertificatePath(certificate, cms.certificates, options.trustAnchors, at);
  return {
    facts: {
      signer: certificate.subject,
      issuer: certificate.issuer,
      serial: certificate.serial,
      certificateNotBefore: certificate.notBefore,
      certificateNotAfter: certificate.notAfter,
      digestAlgorithm: digestByOid(signer.digestOid) ?? signer.digestOid,
      signatureAlgorithm: signer.signatureAlgorithm.name,
    },
    checks: {
      path: fault ? indeterminate(fault) : passed,
      keyUsage: maySignDocuments(certificate) ? passed : indeterminate('key-usage'),
    },
  };
};

/** ISO 32000-2, 7.9.4: `D:YYYYMMDDHHmmSSOHH'mm'`. */
const parsePdfDate = (text: string | undefined): Date | undefined => {
  const match = /^D:(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:(Z)|([+-])(\d\d)'?(\d\d)?)?/.exec(text ?? '');
  if (!match) return undefined;
  const [, year, month = '01', day = '01', hour = '00', minute = '00', second = '00', , sign, hours, minutes = '00'] =
    match;
  const offset = sign ? `${sign}${hours ?? '00'}:${minutes}` : 'Z';
  const date = new Date(`${year ?? ''}-${month}-${day}T${hour}:${minute}:${second}${offset}`);
  return Number.isNaN(date.getTime()) ? undefined : date;
};
