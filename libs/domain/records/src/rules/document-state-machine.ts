import { DomainError } from '#kernel';
import type { DocumentState, SubmissionForm } from '../records.port.js';

/**
 * FR-61. EXPIRED is not here: it follows from the dates. A superseded paper can still turn out to be forged, so it can be
 * revoked; what was revoked or annulled stays so.
 */
const transitions: Readonly<Record<DocumentState, readonly DocumentState[]>> = {
  DRAFT: ['QC_PASSED'],
  QC_PASSED: ['SCAN_SIGNED'],
  SCAN_SIGNED: ['EXTRACTED'],
  EXTRACTED: ['CONFIRMED'],
  CONFIRMED: ['ACTIVE'],
  ACTIVE: ['SUSPENDED', 'SUPERSEDED', 'REVOKED', 'ANNULLED', 'INTEGRITY_FAILED'],
  SUSPENDED: ['ACTIVE', 'SUPERSEDED', 'REVOKED', 'ANNULLED', 'INTEGRITY_FAILED'],
  SUPERSEDED: ['REVOKED', 'ANNULLED', 'INTEGRITY_FAILED'],
  INTEGRITY_FAILED: ['REVOKED', 'ANNULLED'],
  REVOKED: [],
  ANNULLED: [],
};

export const documentStates = Object.keys(transitions) as readonly DocumentState[];

/** States in which a document may be relied on now or after it is resumed. */
export const liveStates: readonly DocumentState[] = ['ACTIVE', 'SUSPENDED'];

/** Before a named official has confirmed it (FR-25). */
export const unconfirmedStates: readonly DocumentState[] = ['DRAFT', 'QC_PASSED', 'SCAN_SIGNED', 'EXTRACTED'];

/**
 * Whether FR-61 allows the step. What an agency made and signed in this system was never paper: it has no scan to be
 * checked and signed, and its fields come from the issuer.
 */
export const canTransition = (from: DocumentState, to: DocumentState, form: SubmissionForm): boolean =>
  transitions[from].includes(to) || (form === 'E_ORIGINAL' && from === 'DRAFT' && to === 'EXTRACTED');

/** @throws DomainError `document-state-conflict` */
export const assertTransition = (from: DocumentState, to: DocumentState, form: SubmissionForm): void => {
  if (!canTransition(from, to, form)) throw new DomainError('document-state-conflict', { state: from, to });
};
