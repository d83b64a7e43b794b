import { type DocumentRecord, Records } from '#domain/records';
import { Injectable } from '@nestjs/common';
import { AccessTrail, auditActor } from '../calling/access-trail.js';
import type { Caller } from '../calling/caller.js';
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
  execute(documentId: string, caller: Caller): Promise<readonly DocumentRecord[]> {
    return this.trail.follow({ event: 'document.chain-read', ...auditActor(caller) }, async (trace) => {
      const { value } = await trace.commit(async () => {
        const document = await this.records.get(documentId);
        trace.add({ ...documentFacts(document, document.current), subjectKey: document.owners[0]?.owner.subjectKey });
        requireHolder(document, caller.principal);
        return this.records.chain(documentId);
      });
      return value;
    });
  }
}
