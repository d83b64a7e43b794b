import type { ReuseDecision, ReuseReason } from '#domain/availability';
import type { Dossier } from '#domain/dossiers';
import type { DocumentState } from '#domain/records';
import { DomainError } from '#kernel';
import type { ActingPerson, LegalBasis } from '../calling/calling-context.js';

/** How a grant was ended before its time; ACTIVE while it was not. */
export type StoredGrantStatus = 'ACTIVE' | 'RELEASED' | 'REVOKED' | 'DOSSIER_CLOSED';
/** With what follows from the clock and the counter. */
export type GrantStatus = StoredGrantStatus | 'EXPIRED' | 'EXHAUSTED';

/** A document as it was when it was granted: the version and the hash are what the dossier relies on (FR-70). */
export interface GrantedDocument {
  readonly documentId: string;
  readonly componentId: string;
  readonly versionId: string;
  readonly versionNumber: number;
  readonly sha256: string;
  readonly bytes: number;
  readonly decision: ReuseDecision;
  readonly reasons: readonly ReuseReason[];
  readonly state: DocumentState;
}

/** Permission to read some documents of one owner, for one dossier and one purpose. */
export interface Grant {
  readonly id: string;
  readonly holder: { readonly kind: 'account' | 'client'; readonly id: string };
  readonly actor: ActingPerson;
  readonly dossierId: string;
  readonly dossierCode: string;
  readonly agencyCode: string;
  readonly procedureCode: string;
  readonly purposeCode: string;
  readonly legalBasis: { readonly code: LegalBasis; readonly article?: string };
  readonly consentRef?: string;
  readonly bulk: boolean;
  readonly ownerId: string;
  readonly subjectKey: string;
  readonly status: StoredGrantStatus;
  /** Answers with bytes, over all documents; a 304 does not count. */
  readonly maxReads: number;
  readonly reads: number;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly endedAt?: Date;
  readonly documents: readonly GrantedDocument[];
}

export const defaultMaxReads = 20;

const dayMs = 24 * 60 * 60 * 1000;

/**
 * A grant lives as long as its dossier is open, and never longer than the cap.
 * @param ttlDays what the caller asked for, days
 * @param capDays setting GRANT_MAX_DAYS
 */
export const expiryOf = (createdAt: Date, ttlDays: number | undefined, capDays: number): Date =>
  new Date(createdAt.getTime() + Math.min(ttlDays ?? capDays, capDays) * dayMs);

export const statusOf = (grant: Grant, now: Date): GrantStatus => {
  if (grant.status !== 'ACTIVE') return grant.status;
  if (now.getTime() >= grant.expiresAt.getTime()) return 'EXPIRED';
  return grant.reads >= grant.maxReads ? 'EXHAUSTED' : 'ACTIVE';
};

/**
 * For looking at a grant's documents again, without their bytes.
 * @param dossier the grant's; it may have closed before the grant was ended for it
 * @throws DomainError `grant-revoked`, `grant-expired` with the way it ended as a detail
 */
export const requireLive = (grant: Grant, dossier: Pick<Dossier, 'status'>, now: Date): void => {
  const own = statusOf(grant, now);
  const live = own === 'ACTIVE' || own === 'EXHAUSTED';
  const status = live && dossier.status !== 'OPEN' ? 'DOSSIER_CLOSED' : own;
  if (status === 'REVOKED') throw new DomainError('grant-revoked');
  if (!live || status === 'DOSSIER_CLOSED') {
    throw new DomainError('grant-expired', {}, { details: [{ code: `GRANT_${status}` }] });
  }
};

/**
 * For handing out bytes.
 * @throws DomainError `grant-revoked`, `grant-expired`, `grant-reads-exhausted`
 */
export const requireReadsLeft = (grant: Grant, dossier: Pick<Dossier, 'status'>, now: Date): void => {
  requireLive(grant, dossier, now);
  if (statusOf(grant, now) === 'EXHAUSTED')
    throw new DomainError('grant-reads-exhausted', { maxReads: grant.maxReads });
};

/** @throws DomainError `document-not-found` when the grant does not cover it */
export const grantedDocument = (grant: Grant, documentId: string): GrantedDocument => {
  const document = grant.documents.find((granted) => granted.documentId === documentId);
  if (!document) throw new DomainError('document-not-found');
  return document;
};
