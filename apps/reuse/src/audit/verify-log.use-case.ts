import { AuditVerifier } from '#platform/audit';
import type { Principal } from '#platform/auth';
import { Injectable } from '@nestjs/common';
import { AccessTrail, auditActor } from '../calling/access-trail.js';

/** Recomputes the hash chain of the log. */
@Injectable()
export class VerifyLog {
  constructor(
    private readonly trail: AccessTrail,
    private readonly verifier: AuditVerifier,
  ) {}

  /** @throws DomainError `log-unavailable` */
  execute(principal: Principal): ReturnType<AuditVerifier['verify']> {
    return this.trail.follow(
      { event: 'audit.verified', ...auditActor({ principal, actor: principal }) },
      async (trace) => {
        const result = await this.verifier.verify();
        trace.add({ detail: { ok: result.ok, checked: result.checked } });
        await trace.commit(async () => undefined);
        return result;
      },
    );
  }
}
