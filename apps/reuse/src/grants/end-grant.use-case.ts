import { Clock, DomainError } from '#kernel';
import type { Principal } from '#platform/auth';
import { Injectable } from '@nestjs/common';
import { type AccessTrace, AccessTrail, auditActor } from '../calling/access-trail.js';
import type { Caller } from '../calling/caller.js';
import type { Grant } from './grant.js';
import { GrantAccess } from './grant-access.js';
import { Grants } from './grants.port.js';

/** Ends a grant before its time. */
@Injectable()
export class EndGrant {
  constructor(
    private readonly trail: AccessTrail,
    private readonly access: GrantAccess,
    private readonly grants: Grants,
    private readonly clock: Clock,
  ) {}

  /** The holder needs it no more. @throws DomainError `grant-not-found`, `grant-expired`, `grant-revoked` when it has ended already */
  async release(grantId: string, caller: Caller): Promise<void> {
    await this.trail.follow({ event: 'grant.released', ...auditActor(caller) }, (trace) =>
      trace.commit(async () => this.end(await this.access.lockForHolder(grantId, caller.principal, trace), 'RELEASED')),
    );
  }

  /** A supervisor stops it, or the citizen withdraws the consent it rests on. @throws DomainError as `release` */
  async revoke(grantId: string, reason: string | undefined, principal: Principal): Promise<void> {
    const facts = { event: 'grant.revoked', ...auditActor({ principal, actor: principal }), detail: { reason } };
    await this.trail.follow(facts, (trace: AccessTrace) =>
      trace.commit(async () => this.end(await this.access.lockForRevocation(grantId, principal, trace), 'REVOKED')),
    );
  }

  private async end(grant: Grant, status: 'RELEASED' | 'REVOKED'): Promise<void> {
    if (grant.status === 'REVOKED') throw new DomainError('grant-revoked');
    if (grant.status !== 'ACTIVE') {
      throw new DomainError('grant-expired', {}, { details: [{ code: `GRANT_${grant.status}` }] });
    }
    await this.grants.end(grant.id, status, this.clock.now());
  }
}
