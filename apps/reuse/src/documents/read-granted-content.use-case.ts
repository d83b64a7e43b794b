import { Injectable } from '@nestjs/common';
import { AccessTrail, auditActor } from '../calling/access-trail.js';
import type { Caller } from '../calling/caller.js';
import { Grants } from '../grants/grants.port.js';
import { GrantedDocuments } from './granted-documents.js';
import { describeContent, type ReadableContent } from './readable-content.js';
import { requireServable } from './require-servable.js';
import { StoredContent } from './stored-content.js';

/** The exact bytes that were granted, each reading counted and logged. */
@Injectable()
export class ReadGrantedContent {
  constructor(
    private readonly trail: AccessTrail,
    private readonly granted: GrantedDocuments,
    private readonly grants: Grants,
    private readonly stored: StoredContent,
  ) {}

  /**
   * @throws DomainError `grant-not-found`, `grant-expired`, `grant-revoked`, `document-not-found`, `document-revoked`,
   * `document-suspended`; while reading also `grant-reads-exhausted`, `integrity-failed`, `log-unavailable`. Each refusal is logged
   */
  execute(grantId: string, documentId: string, caller: Caller): Promise<ReadableContent> {
    const facts = { event: 'document.read', ...auditActor(caller) };
    return this.trail.follow(facts, async (trace) => {
      const { document, version } = await this.granted.find(grantId, documentId, caller, trace);
      requireServable(document);
      const { trail, granted, grants, stored } = this;
      let part: { start: number; end: number } | undefined;
      return {
        ...describeContent(document, version),
        open: (range) =>
          trail.follow(facts, async (opening) => {
            part = range;
            await granted.find(grantId, documentId, caller, opening);
            return stored.open(documentId, version.sha256, range);
          }),
        record: (access) =>
          trail.follow(
            { ...facts, event: access === 'READ' ? 'document.read' : 'document.revalidated' },
            async (reading) => {
              if (part) reading.add({ detail: { range: `${part.start}-${part.end}` } });
              const { entryId } = await reading.commit(async () => {
                if (access === 'REVALIDATE') {
                  requireServable((await granted.find(grantId, documentId, caller, reading)).document);
                  return;
                }
                requireServable((await granted.findForReading(grantId, documentId, caller, reading)).document);
                await grants.countRead(grantId);
              });
              return entryId;
            },
          ),
      };
    });
  }
}
