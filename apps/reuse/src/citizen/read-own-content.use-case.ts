import type { Principal } from '#platform/auth';
import { Injectable } from '@nestjs/common';
import { AccessTrail, auditActor } from '../calling/access-trail.js';
import { documentFacts } from '../documents/document-facts.js';
import { describeContent, type ReadableContent } from '../documents/readable-content.js';
import { requireServable } from '../documents/require-servable.js';
import { StoredContent } from '../documents/stored-content.js';
import { OwnDocuments } from './own-documents.js';

/** The citizen's own document, the version in use; logged like any other reading. */
@Injectable()
export class ReadOwnContent {
  constructor(
    private readonly trail: AccessTrail,
    private readonly own: OwnDocuments,
    private readonly stored: StoredContent,
  ) {}

  /** @throws DomainError `document-not-found`, `document-revoked`, `document-suspended`; while reading `integrity-failed`, `log-unavailable` */
  execute(documentId: string, principal: Principal): Promise<ReadableContent> {
    const facts = {
      event: 'me.document-read',
      subjectKey: principal.subjectKey,
      ...auditActor({ principal, actor: principal }),
    };
    return this.trail.follow(facts, async (trace) => {
      const document = await this.own.get(await this.own.owner(principal), documentId);
      const version = document.current;
      trace.add(documentFacts(document, version));
      requireServable(document);
      const read = documentFacts(document, version);
      return {
        ...describeContent(document, version),
        open: (range) =>
          this.trail.follow({ ...facts, ...read }, () => this.stored.open(documentId, version.sha256, range)),
        record: (access) =>
          this.trail.follow({ ...facts, ...read, detail: { ...read.detail, access } }, async (reading) => {
            const { entryId } = await reading.commit(async () =>
              requireServable(await this.own.get(await this.own.owner(principal), documentId)),
            );
            return entryId;
          }),
      };
    });
  }
}
