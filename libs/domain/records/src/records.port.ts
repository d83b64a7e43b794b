import type { CalendarDate } from '#domain/catalogue';

/** FR-04 */
export type OwnerKind =
  'PERSON_PIN' | 'PERSON_CMND9' | 'FOREIGN_PASSPORT' | 'ORGANISATION_MST' | 'AGENCY_CODE' | 'UNKNOWN';

/** An identifier in clear; lives in memory only. */
export interface OwnerIdentifier {
  readonly kind: OwnerKind;
  readonly value: string;
}

export interface Owner {
  readonly id: string;
  /** The same for all owner records that were merged into one; its own id for an owner never merged. */
  readonly groupId: string;
  readonly kind: OwnerKind;
  readonly name: string;
  /** Blind index of the main identifier: the owner's reference in audit entries. */
  readonly subjectKey: string;
  /** e.g. `042*****0123`; empty without an identifier. */
  readonly maskedIdentifier: string;
  readonly birthDate?: CalendarDate;
  readonly sex?: 'male' | 'female';
}

export type OwnerRole = 'owner' | 'co-owner' | 'parent' | 'child' | 'spouse' | 'representative';

/** FR-61. EXPIRED is not stored; it follows from the dates. */
export type DocumentState =
  | 'DRAFT'
  | 'QC_PASSED'
  | 'SCAN_SIGNED'
  | 'EXTRACTED'
  | 'CONFIRMED'
  | 'ACTIVE'
  | 'SUSPENDED'
  | 'SUPERSEDED'
  | 'REVOKED'
  | 'ANNULLED'
  | 'INTEGRITY_FAILED';

/** FR-19 */
export type SubmissionForm =
  | 'ORIGINAL'
  | 'REGISTER_COPY'
  | 'CERTIFIED_COPY'
  | 'E_CERTIFIED_COPY'
  | 'E_PHOTO_COMPARED'
  | 'SELF_UPLOAD'
  /** Made and signed by an agency in this system. */
  | 'E_ORIGINAL';

/** Immutable bytes of a document. */
export interface DocumentVersion {
  readonly id: string;
  /** 1, 2, 3 ... */
  readonly number: number;
  readonly sha256: string;
  readonly bytes: number;
  readonly mediaType: 'application/pdf';
  readonly pages: number;
  /** The bytes as received, when this version was derived from them (FR-15). */
  readonly originalSha256?: string;
  readonly signature: SignatureVerdict;
  readonly createdAt: Date;
}

export interface SignatureVerdict {
  readonly verdict: 'VALID' | 'INVALID' | 'INDETERMINATE' | 'WEAK_ALGORITHM' | 'UNSIGNED';
  readonly checkedAt: Date;
  readonly signers: readonly {
    readonly name: string;
    readonly role: 'person' | 'agency';
    readonly signedAt?: string;
  }[];
}

export type FieldSource = 'OCR' | 'QR' | 'TYPED' | 'DATABASE' | 'ISSUER';

export interface FieldValue {
  /** One of the nine minimum keys (`tenGiayTo`, `soKyHieu`, `ngayCap`, `coQuanCap`, `trichYeu`, `coGiaTriDen`, `phamVi`, `dinhDanhChuGiayTo`, `maLoaiGiayTo`) or a field of the document type. */
  readonly key: string;
  /** Normalised: dates `YYYY-MM-DD`, NFC text. */
  readonly value: string;
  readonly source: FieldSource;
  /** 0..1; 1 for typed and issuer data. */
  readonly confidence: number;
  readonly page?: number;
  /** PDF points, origin bottom-left: x0, y0, x1, y1. */
  readonly box?: readonly [number, number, number, number];
}

export interface DocumentRecord {
  readonly id: string;
  readonly typeCode: string;
  readonly name: string;
  readonly state: DocumentState;
  /** Issued on confirmation; immutable (FR-30). Begins with the owner's identifier: never to be logged, nor put in a URL or event. */
  readonly code?: string;
  /** The code with the owner's identifier masked, for lists, logs and audit entries. */
  readonly maskedCode?: string;
  readonly owners: readonly { readonly owner: Owner; readonly role: OwnerRole }[];
  readonly submissionForm: SubmissionForm;
  readonly kind: 'result' | 'component';
  readonly number?: string;
  readonly symbol?: string;
  readonly issuedOn?: CalendarDate;
  readonly issuingAgencyName?: string;
  readonly issuingAgencyCode?: string;
  readonly validFrom?: CalendarDate;
  readonly validTo?: CalendarDate;
  /** FR-29: only when said explicitly. */
  readonly permanent: boolean;
  readonly scope?: string;
  /** FR-34: a result is visible to the owner and reusable only after it was returned. */
  readonly returnedAt?: Date;
  readonly restricted: boolean;
  /** Agency that holds the record. */
  readonly custodianAgencyCode: string;
  readonly dossierId?: string;
  readonly fields: readonly FieldValue[];
  readonly versions: readonly DocumentVersion[];
  /** The version in use: the last. */
  readonly current: DocumentVersion;
  readonly replaces?: string;
  readonly replacedBy?: string;
  readonly confirmedBy?: string;
  readonly confirmedAt?: Date;
  readonly revocation?: Revocation;
  readonly createdAt: Date;
}

/** FR-62 */
export interface Revocation {
  readonly decidingAgencyCode: string;
  readonly decisionNumber: string;
  readonly decisionDate: CalendarDate;
  readonly reason: string;
  /** May lie in the past. */
  readonly effectiveAt: Date;
}

export interface NewDocument {
  readonly typeCode: string;
  readonly name: string;
  readonly kind: 'result' | 'component';
  readonly submissionForm: SubmissionForm;
  readonly custodianAgencyCode: string;
  readonly dossierId?: string;
  /** The first with role `owner` is the one whose identifier goes into the code. */
  readonly owners: readonly OwnerLink[];
  /** Not to be handed out for reuse (FR-68 SECRET_OR_RESTRICTED). Default false. */
  readonly restricted?: boolean;
  readonly version: NewVersion;
}

export interface OwnerLink {
  readonly ownerId: string;
  readonly role: OwnerRole;
}

export interface NewVersion {
  readonly sha256: string;
  readonly bytes: number;
  readonly pages: number;
  readonly originalSha256?: string;
  readonly signature: SignatureVerdict;
}

/** What goes into a document code besides the owner (FR-30). */
export type CodeParts =
  | { readonly kind: 'result'; readonly resultTypeCode: string; readonly numberSymbol: string }
  | { readonly kind: 'component'; readonly procedureCode: string; readonly componentCode: string };

export interface Confirmation {
  readonly confirmedBy: { readonly accountId: string; readonly name: string };
  readonly fields: readonly FieldValue[];
  readonly permanent: boolean;
  readonly validTo?: CalendarDate;
  readonly scope?: string;
  readonly code: CodeParts;
  /** Set for results that the applicant already holds (digitised from paper). */
  readonly returned: boolean;
  /** Owners and related persons that reading the paper brought to light (FR-05). */
  readonly additionalOwners?: readonly OwnerLink[];
}

export type DocumentChangeKind =
  'CREATED' | 'STATE_CHANGED' | 'VERSION_ADDED' | 'FIELDS_PROPOSED' | 'FIELDS_CONFIRMED' | 'OWNERS_ADDED' | 'RETURNED';

/** One line of a document's history: appended with the change it tells of, never edited. */
export interface DocumentChange {
  readonly at: Date;
  readonly kind: DocumentChangeKind;
  /** Account, client or job that did it, as the request context says; the confirmer for a confirmation. */
  readonly actorId?: string;
  readonly fromState?: DocumentState;
  readonly toState?: DocumentState;
  readonly reason?: string;
  /** FR-25: each field whose value changed, `before` absent when it was not there. */
  readonly fields: readonly { readonly key: string; readonly before?: string; readonly after?: string }[];
}

export abstract class Owners {
  /**
   * Finds by any alias or creates. Kind UNKNOWN has a blank value and always makes a new owner. A 12-digit business code
   * is a personal number (FR-03).
   * @throws DomainError `personal-id-invalid`, `business-code-invalid`, `agency-code-invalid`, `owner-identifier-invalid`
   */
  abstract resolve(
    identifier: OwnerIdentifier,
    known: { readonly name: string; readonly birthDate?: CalendarDate; readonly sex?: 'male' | 'female' },
  ): Promise<Owner>;
  /** Exact match only, by any alias; of merged owners, the one they were merged into. */
  abstract find(identifier: OwnerIdentifier): Promise<Owner | undefined>;
  abstract findBySubjectKey(subjectKey: string): Promise<Owner | undefined>;
  /** @throws DomainError `owner-not-found` */
  abstract get(id: string): Promise<Owner>;
  /** @throws DomainError `owner-alias-taken` when the identifier is another owner's: merge the two instead */
  abstract addAlias(ownerId: string, identifier: OwnerIdentifier): Promise<void>;
  /** Both histories stay; lookups of either identifier answer with both. @throws DomainError `owner-merge-conflict` */
  abstract merge(intoOwnerId: string, fromOwnerId: string, reason: string): Promise<void>;
  /** Takes an owner, with what had been merged into it, out of the one it was merged into. @throws DomainError `owner-merge-conflict` */
  abstract unmerge(ownerId: string, reason: string): Promise<void>;
  /** The identifier in clear, for a code or a form. */
  abstract revealIdentifier(ownerId: string): Promise<OwnerIdentifier>;
}

/** The repository: every change is one transaction, appends to the document's history and publishes its event. */
export abstract class Records {
  abstract create(document: NewDocument): Promise<DocumentRecord>;
  /**
   * An e-original made, signed and sealed in this system: it is on file at once. In one transaction the document walks
   * DRAFT to ACTIVE, gets its code and supersedes what its type says; used by the signing service, never for scans.
   * @throws DomainError `document-state-conflict` unless its form is E_ORIGINAL, and as `confirm` does
   */
  abstract issue(document: NewDocument, confirmation: Confirmation): Promise<DocumentRecord>;
  /** @throws DomainError `document-not-found` */
  abstract get(id: string): Promise<DocumentRecord>;
  abstract findByCode(code: string): Promise<DocumentRecord | undefined>;
  /** Documents of which this is an owner or co-owner, or a related person where the type allows it (FR-05). Newest first. */
  abstract findByOwner(
    ownerId: string,
    filter?: { readonly typeCodes?: readonly string[] },
  ): Promise<readonly DocumentRecord[]>;
  /** FR-16a */
  abstract findByOriginal(sha256: string, ownerId: string): Promise<DocumentRecord | undefined>;
  /** FR-16b/c */
  abstract findSameIdentity(identity: {
    readonly typeCode: string;
    readonly number: string;
    readonly symbol: string;
    readonly issuingAgencyName?: string;
    readonly issuedOn?: CalendarDate;
    readonly ownerId?: string;
  }): Promise<readonly DocumentRecord[]>;
  /**
   * The steps of digitisation (QC_PASSED, SCAN_SIGNED, EXTRACTED) and INTEGRITY_FAILED; a document already there is left as
   * it is, so that a job may run twice. What needs more than a state has a method of its own.
   * @throws DomainError `document-state-conflict` for a transition FR-61 does not allow
   */
  abstract transition(id: string, to: DocumentState, reason?: string): Promise<DocumentRecord>;
  /** The same bytes as the current version add nothing. */
  abstract addVersion(id: string, version: NewVersion): Promise<DocumentRecord>;
  /** Replaces what was proposed before. @throws DomainError `document-state-conflict` once confirmed */
  abstract proposeFields(id: string, fields: readonly FieldValue[]): Promise<void>;
  /**
   * EXTRACTED -> CONFIRMED -> ACTIVE: keeps before/after per field (FR-25), issues the code (FR-30/31), applies supersession
   * (FR-64). Number, symbol, issue date, issuer, name, scope and validity are read from the nine minimum fields. A paper
   * older than the one on file ends up SUPERSEDED at once.
   * @throws DomainError `document-state-conflict`, `document-number-invalid`, `date-invalid`, `validity-inconsistent`,
   * `issue-date-required`, `document-code-part-invalid`
   */
  abstract confirm(id: string, confirmation: Confirmation): Promise<DocumentRecord>;
  abstract markReturned(id: string): Promise<void>;
  /** @throws DomainError `document-state-conflict`, `revocation-in-future` */
  abstract revoke(id: string, revocation: Revocation): Promise<DocumentRecord>;
  abstract annul(id: string, revocation: Revocation): Promise<DocumentRecord>;
  abstract suspend(id: string, reason: string): Promise<DocumentRecord>;
  abstract resume(id: string, reason: string): Promise<DocumentRecord>;
  /** @throws DomainError `document-state-conflict`, `replacement-cycle` */
  abstract replace(id: string, by: string, relation: 'REPLACES' | 'CORRECTS' | 'RENEWS'): Promise<DocumentRecord>;
  /** All that were replaced, directly or not, by the newest one this document leads to; oldest to newest. */
  abstract chain(id: string): Promise<readonly DocumentRecord[]>;
  /** Oldest first. */
  abstract history(id: string): Promise<readonly DocumentChange[]>;
}
