import { type DocumentRecord, Records } from '#domain/records';
import type { Principal } from '#platform/auth';
import { Injectable } from '@nestjs/common';
import { AccessTrail, auditActor } from '../calling/access-trail.js';
import { documentFacts } from '../documents/document-facts.js';
import { requireHolder } from './change-document.use-case.js';

/** What a document replaced and what replaced it, oldest to newest. */
@Injectable()
export class ListChain {
  constructor(
    private readonly trail: AccessTrail,
    private readonly records: Records,
  ) {}

  /** @throws DomainError `document-not-found`, `agency-not-competent`, `log-unavailable` */
  execute(documentId: string, principal: Principal): Promise<readonly DocumentRecord[]> {
    return this.trail.follow({ event: 'document.chain-read', ...auditActor(principal, principal) }, async (trace) => {
      const { value } = await trace.commit(async () => {
        const document = await this.records.get(documentId);
        trace.add({ ...documentFacts(document, document.current), subjectKey: document.owners[0]?.owner.subjectKey });
        requireHolder(document, principal);
        return this.records.chain(documentId);
      });
      return value;
    });
  }
}
