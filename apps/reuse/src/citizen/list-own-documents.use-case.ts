import { DomainError } from '#kernel';
import type { Principal } from '#platform/auth';
import { Injectable } from '@nestjs/common';
import { AccessTrail, auditActor } from '../calling/access-trail.js';
import { type OwnDocument, OwnDocuments } from './own-documents.js';

export interface OwnDocumentsPage {
  readonly documents: readonly OwnDocument[];
  readonly nextCursor?: string;
}

@Injectable()
export class ListOwnDocuments {
  constructor(
    private readonly trail: AccessTrail,
    private readonly own: OwnDocuments,
  ) {}

  /** @throws DomainError `request-invalid` for a cursor that was not given out, `log-unavailable` */
  execute(page: { readonly limit: number; readonly cursor?: string }, principal: Principal): Promise<OwnDocumentsPage> {
    const facts = {
      event: 'me.documents-listed',
      subjectKey: principal.subjectKey,
      ...auditActor({ principal, actor: principal }),
    };
    return this.trail.follow(facts, async (trace) => {
      const { value } = await trace.commit(async () => {
        const owner = await this.own.owner(principal);
        const all = owner ? await this.own.list(owner) : [];
        const after = page.cursor === undefined ? -1 : all.findIndex(({ document }) => document.id === page.cursor);
        if (page.cursor !== undefined && after < 0) {
          throw new DomainError('request-invalid', {}, { details: [{ code: 'MALFORMED', field: 'cursor' }] });
        }
        const documents = all.slice(after + 1, after + 1 + page.limit);
        const last = documents.at(-1);
        return { documents, nextCursor: last && last !== all.at(-1) ? last.document.id : undefined };
      });
      return value;
    });
  }
}
