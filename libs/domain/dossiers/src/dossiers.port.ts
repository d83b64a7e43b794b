import type { CalendarDate } from '#domain/catalogue';

/** FR-72 */
export const componentStates = { notDigitised: 0, digitised: 1, reused: 2, reusedFromResult: 3 } as const;
export type ComponentState = (typeof componentStates)[keyof typeof componentStates];

/** FR-17: why a paper is asked for although it is on file. */
export type ExceptionReason = 'OUTDATED' | 'ILLEGIBLE' | 'CONTENT_CHANGED' | 'VERIFICATION' | 'OTHER';

export interface DossierComponent {
  readonly componentId: string;
  readonly state: ComponentState;
  /** Reuse is a reference to a version and its hash (FR-70), never a copy. */
  readonly documentId?: string;
  readonly versionId?: string;
  readonly sha256?: string;
  readonly fromNationalStore: boolean;
  readonly replacedByResultCode?: string;
  readonly exceptionReason?: ExceptionReason;
  readonly exceptionText?: string;
}

/** A warning to whoever handles the dossier, e.g. a reused document was revoked (FR-62, FR-71). */
export interface DossierNotice {
  readonly id: string;
  readonly at: Date;
  readonly kind:
    'DOCUMENT_REVOKED' | 'DOCUMENT_SUPERSEDED' | 'DOCUMENT_SUSPENDED' | 'DOCUMENT_ANNULLED' | 'INTEGRITY_FAILED';
  readonly documentId: string;
  readonly componentId: string;
  readonly successorDocumentId?: string;
  readonly acknowledgedAt?: Date;
}

export type DossierStatus = 'OPEN' | 'DECIDED' | 'RETURNED' | 'REJECTED' | 'WITHDRAWN';

export interface Dossier {
  readonly id: string;
  /** FR-10: `{agency}-{yyMMdd}-{seq:4}`. */
  readonly code: string;
  readonly procedureCode: string;
  /** Catalogue day: the dossier keeps the procedure version in force at reception (FR-07). */
  readonly receivedOn: CalendarDate;
  readonly ownerId: string;
  readonly agencyCode: string;
  readonly officerId: string;
  readonly status: DossierStatus;
  readonly components: readonly DossierComponent[];
  readonly notices: readonly DossierNotice[];
  readonly createdAt: Date;
  readonly closedAt?: Date;
}

export abstract class Dossiers {
  /**
   * Without `code` the next of the agency's day is issued.
   * @throws DomainError `dossier-code-taken`, `dossier-code-invalid`, `procedure-unknown`
   */
  abstract open(input: {
    readonly code?: string;
    readonly procedureCode: string;
    readonly ownerId: string;
    readonly agencyCode: string;
    readonly officerId: string;
    readonly receivedOn: CalendarDate;
  }): Promise<Dossier>;
  /** @throws DomainError `dossier-not-found` */
  abstract get(id: string): Promise<Dossier>;
  abstract findByCode(code: string): Promise<Dossier | undefined>;
  /** Status of each, for judging what came from them; an unknown id has no entry. */
  abstract statuses(ids: readonly string[]): Promise<ReadonlyMap<string, DossierStatus>>;
  /** Newest first. */
  abstract list(filter: {
    readonly agencyCode: string;
    readonly status?: DossierStatus;
    readonly limit: number;
    readonly cursor?: string;
  }): Promise<{ readonly dossiers: readonly Dossier[]; readonly nextCursor?: string }>;
  /**
   * Sets a component's state and what satisfies it; an exception reason once given stays (FR-17).
   * @throws DomainError `dossier-closed`, `component-unknown`
   */
  abstract setComponent(
    dossierId: string,
    component: Omit<DossierComponent, 'fromNationalStore'> & { readonly fromNationalStore?: boolean },
  ): Promise<Dossier>;
  /** OPEN to any; DECIDED to RETURNED. Publishes `dossier.closed` when it leaves OPEN. @throws DomainError `dossier-closed` */
  abstract close(dossierId: string, status: Exclude<DossierStatus, 'OPEN'>): Promise<Dossier>;
  /**
   * One notice per open dossier and component that uses the document; idempotent. Returns how many were new.
   * @param occurrence the event's id where the same thing can happen twice (suspended again after it was resumed)
   */
  abstract notifyUsers(
    documentId: string,
    kind: DossierNotice['kind'],
    successorDocumentId?: string,
    occurrence?: string,
  ): Promise<number>;
  /** @throws DomainError `notice-not-found` */
  abstract acknowledge(dossierId: string, noticeId: string): Promise<Dossier>;
}
