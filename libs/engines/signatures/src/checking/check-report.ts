import type { CertificateName } from '../certificates/certificate.js';
import { checkReasons, type CheckReasonKey } from './check-reasons.js';

export type CheckVerdict = 'VALID' | 'INVALID' | 'INDETERMINATE';

/** `NOT_CHECKED` is said of whatever this check does not look at; it is never a silent pass. */
export type CheckStatus = 'PASSED' | 'FAILED' | 'INDETERMINATE' | 'NOT_CHECKED';

export interface CheckReason {
  readonly key: CheckReasonKey;
  readonly vi: string;
  readonly en: string;
}

export interface CheckOutcome {
  readonly status: CheckStatus;
  readonly reason?: CheckReason;
}

/** The single questions asked of a signature. */
export type CheckName =
  | 'byteRange'
  | 'structure'
  | 'digest'
  | 'signatureValue'
  | 'signingCertificate'
  | 'algorithm'
  | 'path'
  | 'keyUsage'
  | 'laterChanges'
  | 'revocation'
  | 'timestamp';

export interface SignatureCheck {
  /** Full name of the form field. */
  readonly field: string;
  readonly kind: 'SIGNATURE' | 'DOCUMENT_TIMESTAMP';
  readonly signer?: CertificateName;
  readonly issuer?: CertificateName;
  /** Serial number of the signer's certificate, upper-case hexadecimal. */
  readonly serial?: string;
  readonly certificateNotBefore?: Date;
  readonly certificateNotAfter?: Date;
  /** What the signer's machine wrote; nothing proves it without a time stamp. */
  readonly claimedTime?: Date;
  readonly digestAlgorithm?: string;
  readonly signatureAlgorithm?: string;
  /** Whether the signature covers every byte of the file, and how many revisions follow the one it covers. */
  readonly coverage: { readonly wholeFile: boolean; readonly laterRevisions: number };
  readonly checks: Readonly<Record<CheckName, CheckOutcome>>;
  readonly verdict: CheckVerdict;
  /** Why the verdict is not VALID, or what qualifies it. */
  readonly reasons: readonly CheckReason[];
}

export interface SignatureCheckReport {
  readonly verdict: CheckVerdict;
  readonly reasons: readonly CheckReason[];
  readonly signatures: readonly SignatureCheck[];
  readonly checkedAt: Date;
}

export const reason = (key: CheckReasonKey): CheckReason => ({ key, ...checkReasons[key] });

export const passed: CheckOutcome = { status: 'PASSED' };
export const notChecked: CheckOutcome = { status: 'NOT_CHECKED' };
export const failed = (key: CheckReasonKey): CheckOutcome => ({ status: 'FAILED', reason: reason(key) });
export const indeterminate = (key: CheckReasonKey): CheckOutcome => ({
  status: 'INDETERMINATE',
  reason: reason(key),
});

/** One failure makes INVALID, one open question INDETERMINATE. */
export const verdictOf = (outcomes: readonly CheckOutcome[]): CheckVerdict => {
  if (outcomes.some(({ status }) => status === 'FAILED')) return 'INVALID';
  return outcomes.some(({ status }) => status === 'INDETERMINATE') ? 'INDETERMINATE' : 'VALID';
};
