import { type AuditEntry, AuditLog, type AuditQuery } from '#platform/audit';
import type { Principal } from '#platform/auth';
import { Injectable } from '@nestjs/common';
import { AccessTrail, auditActor } from '../calling/access-trail.js';

/** Entries of the log for a supervisor. */
@Injectable()
export class ListEntries {
  constructor(
    private readonly trail: AccessTrail,
    private readonly audit: AuditLog,
  ) {}

  /** @throws DomainError `log-unavailable`: reading the log is logged (FR-80) */
  execute(
    query: Omit<AuditQuery, 'subjectKey'>,
    principal: Principal,
  ): Promise<{ readonly entries: readonly AuditEntry[]; readonly nextCursor?: string }> {
    const actor = auditActor({ principal, actor: principal });
    const asked = {
      dossierCode: query.dossierCode,
      documentId: query.documentId,
      from: query.from?.toISOString(),
      to: query.to?.toISOString(),
    };
    return this.trail.follow(
      { event: 'audit.entries-listed', ...actor, detail: { ...actor.detail, asked } },
      async (trace) => {
        const { value } = await trace.commit(() => this.audit.find(query));
        return value;
      },
    );
  }
}
