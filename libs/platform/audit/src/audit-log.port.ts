/** Who acts: an officer, a citizen, or a procedure system (FR-79: the real one, never the citizen in the officer's place). */
export interface AuditActor {
  readonly kind: 'account' | 'client' | 'system';
  readonly id: string;
  readonly name?: string;
  readonly role?: string;
}

export interface AuditRecord {
  /** e.g. `document.read`, `availability.query`, `grant.created`, `login.failed`. */
  readonly event: string;
  readonly outcome: 'success' | 'refused' | 'failed';
  readonly service: string;
  /** Keyed hash of the owner's identifier, never the identifier. */
  readonly subjectKey?: string;
  readonly onBehalfOf?: string;
  /** Not the code, which begins with its owner's number. */
  readonly documentId?: string;
  readonly version?: number;
  readonly sha256?: string;
  readonly procedureCode?: string;
  readonly dossierCode?: string;
  readonly purposeCode?: string;
  readonly legalBasis?: string;
  readonly detail?: Readonly<Record<string, unknown>>;
  /** Overrides what the request context says; for work outside a request, or a person named by a client system. */
  readonly actor?: AuditActor;
  readonly agencyCode?: string;
}

export interface AuditEntry extends AuditRecord {
  readonly id: string;
  readonly at: Date;
  readonly requestId?: string;
  readonly sourceIp?: string;
  /** Place in the chain; undefined until the sequencer has linked the entry (within about a second). */
  readonly sequence?: number;
  readonly hash?: string;
}

export interface AuditQuery {
  readonly subjectKey?: string;
  readonly dossierCode?: string;
  readonly documentId?: string;
  readonly events?: readonly string[];
  readonly from?: Date;
  readonly to?: Date;
  readonly limit: number;
  /** Opaque, from the previous page. */
  readonly cursor?: string;
}

export abstract class AuditLog {
  /**
   * Appends in the running transaction, so the access and its trace commit together or not at all.
   * Actor, agency, request id and addresses come from the request context.
   * @returns the entry's id
   * @throws DomainError `log-unavailable` when the row cannot be written
   */
  abstract append(record: AuditRecord): Promise<string>;
  /** Newest first. */
  abstract find(query: AuditQuery): Promise<{ readonly entries: readonly AuditEntry[]; readonly nextCursor?: string }>;
}
