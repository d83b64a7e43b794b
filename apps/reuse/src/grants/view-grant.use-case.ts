import { type DocumentRecord, Owners, Records } from '#domain/records';
import { Clock } from '#kernel';
import { Injectable } from '@nestjs/common';
import { AccessTrail, auditActor } from '../calling/access-trail.js';
import type { Caller } from '../calling/caller.js';
import { GrantAccess } from './grant-access.js';
import type { GrantView } from './grant-view.js';

/** A grant, its remaining reads, and its documents in their present state. */
@Injectable()
export class ViewGrant {
  constructor(
    private readonly trail: AccessTrail,
    private readonly access: GrantAccess,
    private readonly owners: Owners,
    private readonly records: Records,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `grant-not-found`, `log-unavailable` */
  execute(grantId: string, caller: Caller): Promise<GrantView> {
    return this.trail.follow({ event: 'grant.viewed', ...auditActor(caller) }, async (trace) => {
      const { value } = await trace.commit(async () => {
        const grant = await this.access.ofHolder(grantId, caller.principal, trace);
        const documents: DocumentRecord[] = [];
        for (const { documentId } of grant.documents) documents.push(await this.records.get(documentId));
        return { grant, owner: await this.owners.get(grant.ownerId), documents, at: this.clock.now() };
      });
      return value;
    });
  }
}
