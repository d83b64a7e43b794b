import { Injectable } from '@nestjs/common';
import { AccessTrail, auditActor } from '../calling/access-trail.js';
import type { Caller } from '../calling/caller.js';
import { type DocumentUnderGrant, GrantedDocuments } from './granted-documents.js';

/** What is known of a granted document, its present state included; a revoked one is shown as such. */
@Injectable()
export class ReadGrantedMetadata {
  constructor(
    private readonly trail: AccessTrail,
    private readonly granted: GrantedDocuments,
  ) {}

  /** @throws DomainError `grant-not-found`, `grant-expired`, `grant-revoked`, `document-not-found`, `log-unavailable` */
  execute(grantId: string, documentId: string, caller: Caller): Promise<DocumentUnderGrant> {
    return this.trail.follow({ event: 'document.metadata-read', ...auditActor(caller) }, async (trace) => {
      const { value } = await trace.commit(() => this.granted.find(grantId, documentId, caller, trace));
      return value;
    });
  }
}
