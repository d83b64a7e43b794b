import type { CalendarDate } from '#domain/catalogue';
import type { DocumentRecord, OwnerIdentifier } from '#domain/records';

export type ReuseDecision = 'REUSABLE' | 'REUSABLE_WITH_CHECK' | 'NOT_REUSABLE';

/** FR-68 */
export type ReuseReason =
  | 'OWNER_MISMATCH'
  | 'TYPE_NOT_ACCEPTED'
  | 'EXPIRED'
  | 'NOT_YET_VALID'
  | 'REVOKED'
  | 'SUSPENDED'
  | 'SUPERSEDED'
  | 'OUT_OF_SCOPE'
  | 'SIGNATURE_INVALID'
  | 'SIGNATURE_INDETERMINATE'
  | 'SIGNATURE_MISSING'
  | 'WEAK_ALGORITHM'
  | 'HASH_MISMATCH'
  | 'SELF_UPLOADED_UNVERIFIED'
  | 'SOURCE_DOSSIER_NOT_ACCEPTED'
  | 'VALIDITY_UNKNOWN'
  | 'TOO_OLD'
  | 'NOT_CONFIRMED'
  | 'NOT_YET_RETURNED'
  | 'SECRET_OR_RESTRICTED'
  | 'NEEDS_CONSENT';

export interface Candidate {
  readonly document: DocumentRecord;
  readonly decision: ReuseDecision;
  /** Empty when REUSABLE; what refuses comes before what asks for a check. */
  readonly reasons: readonly ReuseReason[];
  readonly assurance: 'ISSUED_SIGNED' | 'SCAN_SIGNED' | 'SELF_UPLOADED';
}

export interface ComponentAvailability {
  readonly componentId: string;
  readonly name: string;
  readonly mandatory: boolean;
  /**
   * The best candidate's decision; NOT_REUSABLE without candidates. Where only several papers together satisfy the
   * component, the weakest of them decides.
   */
  readonly decision: ReuseDecision;
  /** Best first. */
  readonly candidates: readonly Candidate[];
}

export abstract class AvailabilityService {
  /**
   * What is on file for a subject, per component of a procedure, with a decision and its reasons
   * (the table of FR-68: one failing hard condition refuses, one failing soft condition asks for a check).
   */
  abstract check(question: {
    readonly subject: OwnerIdentifier;
    readonly procedureCode: string;
    /** Catalogue day of the dossier. */
    readonly receivedOn: CalendarDate;
    /** All components when absent. @throws DomainError `component-unknown` */
    readonly componentIds?: readonly string[];
    /** The agency that asks. */
    readonly agencyCode: string;
    readonly consentGiven: boolean;
    readonly at: Date;
  }): Promise<readonly ComponentAvailability[]>;

  /** Judges one document again, e.g. at decision time (FR-71). */
  abstract judge(question: {
    readonly documentId: string;
    readonly subject: { readonly ownerId: string };
    readonly procedureCode: string;
    /** Absent: the component of the procedure for which the document fares best. */
    readonly componentId?: string;
    readonly receivedOn: CalendarDate;
    /** The agency that asks. Absent: a scope limited to a place cannot be settled and asks for a check. */
    readonly agencyCode?: string;
    readonly consentGiven: boolean;
    readonly at: Date;
  }): Promise<Candidate>;
}
