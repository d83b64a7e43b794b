import type { DocumentState } from '#domain/records';
import type { ReuseDecision, ReuseReason } from './availability.port.js';
import type { ReuseFacts } from './reuse-facts.js';

/** A condition of reuse, told by how it fails. A failing hard one refuses, a failing soft one asks an official to look. */
export interface ReuseCondition {
  readonly reason: ReuseReason;
  readonly severity: 'hard' | 'soft';
  readonly fails: (facts: ReuseFacts) => boolean;
}

const inState =
  (...states: readonly DocumentState[]) =>
  ({ state }: ReuseFacts): boolean =>
    states.includes(state);

const bornDigital = ({ submissionForm }: ReuseFacts): boolean =>
  submissionForm === 'E_ORIGINAL' || submissionForm === 'E_CERTIFIED_COPY';

const isSelfUpload = ({ submissionForm }: ReuseFacts): boolean => submissionForm === 'SELF_UPLOAD';

const lacksAgencySignature = (facts: ReuseFacts): boolean => facts.agencySignatureRequired && !facts.signedByAgency;

/** The decision table: hard conditions first, and within a severity in the order in which the reasons are told. */
export const reuseConditions: readonly ReuseCondition[] = [
  { reason: 'OWNER_MISMATCH', severity: 'hard', fails: ({ match }) => match === 'NONE' },
  { reason: 'TYPE_NOT_ACCEPTED', severity: 'hard', fails: ({ typeAccepted }) => !typeAccepted },
  {
    reason: 'NOT_CONFIRMED',
    severity: 'hard',
    fails: inState('DRAFT', 'QC_PASSED', 'SCAN_SIGNED', 'EXTRACTED', 'CONFIRMED'),
  },
  { reason: 'REVOKED', severity: 'hard', fails: inState('REVOKED', 'ANNULLED') },
  { reason: 'SUSPENDED', severity: 'hard', fails: inState('SUSPENDED') },
  {
    reason: 'SUPERSEDED',
    severity: 'hard',
    fails: (facts) => facts.state === 'SUPERSEDED' || facts.outranked,
  },
  { reason: 'HASH_MISMATCH', severity: 'hard', fails: inState('INTEGRITY_FAILED') },
  { reason: 'EXPIRED', severity: 'hard', fails: ({ validity }) => validity === 'EXPIRED' },
  { reason: 'NOT_YET_VALID', severity: 'hard', fails: ({ validity }) => validity === 'NOT_YET_VALID' },
  { reason: 'TOO_OLD', severity: 'hard', fails: ({ age }) => age === 'TOO_OLD' },
  { reason: 'OUT_OF_SCOPE', severity: 'hard', fails: ({ scope }) => scope === 'DOES_NOT_COVER' },
  { reason: 'SIGNATURE_INVALID', severity: 'hard', fails: ({ signature }) => signature === 'INVALID' },
  {
    // Decree 58/2026: an e-document without its issuer's signature is no document. A scan has its scanner's.
    reason: 'SIGNATURE_MISSING',
    severity: 'hard',
    fails: (facts) =>
      (facts.signature === 'UNSIGNED' && !isSelfUpload(facts)) || (bornDigital(facts) && lacksAgencySignature(facts)),
  },
  {
    reason: 'SELF_UPLOADED_UNVERIFIED',
    severity: 'hard',
    fails: (facts) => isSelfUpload(facts) && !facts.selfUploadAccepted,
  },
  { reason: 'NOT_YET_RETURNED', severity: 'hard', fails: ({ awaitsReturn }) => awaitsReturn },
  { reason: 'SECRET_OR_RESTRICTED', severity: 'hard', fails: ({ restricted }) => restricted },
  {
    reason: 'NEEDS_CONSENT',
    severity: 'hard',
    fails: ({ consentNeeded, consentGiven }) => consentNeeded && !consentGiven,
  },

  { reason: 'SELF_UPLOADED_UNVERIFIED', severity: 'soft', fails: isSelfUpload },
  {
    // FR-69: what came with an application that failed was never accepted by anyone.
    reason: 'SOURCE_DOSSIER_NOT_ACCEPTED',
    severity: 'soft',
    fails: ({ sourceDossier }) => sourceDossier === 'REJECTED' || sourceDossier === 'WITHDRAWN',
  },
  { reason: 'WEAK_ALGORITHM', severity: 'soft', fails: ({ signature }) => signature === 'WEAK_ALGORITHM' },
  {
    reason: 'SIGNATURE_INDETERMINATE',
    severity: 'soft',
    fails: ({ signature }) => signature === 'INDETERMINATE',
  },
  {
    // The paper bore the agency's ink and seal, which only its scanner vouches for.
    reason: 'SIGNATURE_MISSING',
    severity: 'soft',
    fails: lacksAgencySignature,
  },
  {
    reason: 'VALIDITY_UNKNOWN',
    severity: 'soft',
    fails: ({ validity, age }) => validity === 'UNKNOWN' || age === 'UNKNOWN',
  },
  { reason: 'TOO_OLD', severity: 'soft', fails: ({ mayHaveChanged }) => mayHaveChanged },
  { reason: 'OUT_OF_SCOPE', severity: 'soft', fails: ({ scope }) => scope === 'UNSETTLED' },
];

export interface Judgement {
  readonly decision: ReuseDecision;
  /** Each once; what refuses comes before what asks for a check. */
  readonly reasons: readonly ReuseReason[];
}

/** FR-68: every condition must hold for REUSABLE. */
export const judgeReuse = (facts: ReuseFacts): Judgement => {
  const failing = reuseConditions.filter(({ fails }) => fails(facts));
  const reasons = [...new Set(failing.map(({ reason }) => reason))];
  if (failing.some(({ severity }) => severity === 'hard')) return { decision: 'NOT_REUSABLE', reasons };
  return { decision: failing.length > 0 ? 'REUSABLE_WITH_CHECK' : 'REUSABLE', reasons };
};
