import { DomainError } from '#kernel';
import type { Principal } from '#platform/auth';
import { Injectable } from '@nestjs/common';
import type { AccessTrace } from '../calling/access-trail.js';
import type { Grant } from './grant.js';
import { Grants } from './grants.port.js';

/** Finds grants for those who may see them; to all others there is no such grant. */
@Injectable()
export class GrantAccess {
  constructor(private readonly grants: Grants) {}

  /** The holder: the client system that asked, or any official of the agency, since dossiers change hands there. @throws DomainError `grant-not-found` */
  ofHolder(id: string, principal: Principal, trace: AccessTrace): Promise<Grant> {
    return this.visible(this.grants.find(id), (grant) => holds(principal, grant), trace);
  }

  /** As `ofHolder`, locked until the running transaction ends. */
  lockForHolder(id: string, principal: Principal, trace: AccessTrace): Promise<Grant> {
    return this.visible(this.grants.lock(id), (grant) => holds(principal, grant), trace);
  }

  /** Those who may revoke: a supervisor, or the citizen whose consent it rests on. Locked. @throws DomainError `grant-not-found` */
  lockForRevocation(id: string, principal: Principal, trace: AccessTrace): Promise<Grant> {
    return this.visible(
      this.grants.lock(id),
      (grant) =>
        principal.roles.includes('supervisor') ||
        (grant.legalBasis.code === 'CONSENT' && principal.subjectKey === grant.subjectKey),
      trace,
    );
  }

  private async visible(
    found: Promise<Grant | undefined>,
    mayAccess: (grant: Grant) => boolean,
    trace: AccessTrace,
  ): Promise<Grant> {
    const grant = await found;
    if (!grant || !mayAccess(grant)) throw new DomainError('grant-not-found');
    trace.add(factsOf(grant));
    return grant;
  }
}

/** What the log says of every access under a grant: the grant's own context. */
const factsOf = (grant: Grant): Parameters<AccessTrace['add']>[0] => ({
  subjectKey: grant.subjectKey,
  procedureCode: grant.procedureCode,
  dossierCode: grant.dossierCode,
  purposeCode: grant.purposeCode,
  legalBasis: grant.legalBasis.code,
  detail: { grantId: grant.id, bulk: grant.bulk },
});

const holds = (principal: Principal, grant: Grant): boolean =>
  grant.holder.kind === 'client'
    ? principal.kind === 'client' && principal.id === grant.holder.id
    : principal.kind === 'account' && principal.agencyCode === grant.agencyCode && principal.agencyCode !== undefined;
