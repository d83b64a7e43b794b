import { Dossiers } from '#domain/dossiers';
import { type DocumentRecord, type DocumentVersion, Records } from '#domain/records';
import { Clock, DomainError } from '#kernel';
import { Injectable } from '@nestjs/common';
import type { AccessTrace } from '../calling/access-trail.js';
import type { Caller } from '../calling/caller.js';
import { type Grant, grantedDocument, requireLive, requireReadsLeft } from '../grants/grant.js';
import { GrantAccess } from '../grants/grant-access.js';
import { documentFacts } from './document-facts.js';

export interface DocumentUnderGrant {
  readonly grant: Grant;
  readonly componentId: string;
  readonly document: DocumentRecord;
  /** The version that was granted, whatever is current now (FR-70). */
  readonly version: DocumentVersion;
}

/** Finds a document by way of a grant, or refuses. */
@Injectable()
export class GrantedDocuments {
  constructor(
    private readonly access: GrantAccess,
    private readonly dossiers: Dossiers,
    private readonly records: Records,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `grant-not-found`, `grant-expired`, `grant-revoked`, `document-not-found` */
  async find(grantId: string, documentId: string, caller: Caller, trace: AccessTrace): Promise<DocumentUnderGrant> {
    const grant = await this.access.ofHolder(grantId, caller.principal, trace);
    requireLive(grant, await this.dossiers.get(grant.dossierId), this.clock.now());
    return this.in(grant, documentId, trace);
  }

  /**
   * As `find`, with the grant locked, so that parallel reads cannot take more than is left.
   * @throws DomainError as `find`, and `grant-reads-exhausted`
   */
  async findForReading(
    grantId: string,
    documentId: string,
    caller: Caller,
    trace: AccessTrace,
  ): Promise<DocumentUnderGrant> {
    const grant = await this.access.lockForHolder(grantId, caller.principal, trace);
    requireReadsLeft(grant, await this.dossiers.get(grant.dossierId), this.clock.now());
    return this.in(grant, documentId, trace);
  }

  private async in(grant: Grant, documentId: string, trace: AccessTrace): Promise<DocumentUnderGrant> {
    const granted = grantedDocument(grant, documentId);
    const document = await this.records.get(documentId);
    const version = document.versions.find(({ id }) => id === granted.versionId);
    if (!version) throw new DomainError('document-not-found');
    trace.add(documentFacts(document, version));
    return { grant, componentId: granted.componentId, document, version };
  }
}
