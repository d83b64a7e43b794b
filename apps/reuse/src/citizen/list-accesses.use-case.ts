import { type AuditEntry, AuditLog } from '#platform/audit';
import type { Principal } from '#platform/auth';
import { Injectable } from '@nestjs/common';
import { AccessTrail, auditActor } from '../calling/access-trail.js';
import { OwnDocuments } from './own-documents.js';

export interface AccessesPage {
  readonly entries: readonly AuditEntry[];
  readonly nextCursor?: string;
}

// Looking at one's own list is logged too; without a bound, someone who reloads it all day would page through that alone.
const pagesAtMost = 20;

/** Who looked at or reused what is held about the citizen, when, for which case and why (FR-75). */
@Injectable()
export class ListAccesses {
  constructor(
    private readonly trail: AccessTrail,
    private readonly audit: AuditLog,
    private readonly own: OwnDocuments,
  ) {}

  /**
   * Accesses by others, refused ones included, newest first.
   * @throws DomainError `log-unavailable`: reading the log is logged (FR-80)
   */
  execute(
    query: { readonly from?: Date; readonly to?: Date; readonly limit: number; readonly cursor?: string },
    principal: Principal,
  ): Promise<AccessesPage> {
    const facts = {
      event: 'me.accesses-listed',
      subjectKey: principal.subjectKey,
      ...auditActor({ principal, actor: principal }),
    };
    return this.trail.follow(facts, async (trace) => {
      const { value } = await trace.commit(async () => {
        const subjectKey = (await this.own.owner(principal))?.subjectKey ?? principal.subjectKey;
        if (subjectKey === undefined) return { entries: [] };
        const entries: AuditEntry[] = [];
        let cursor = query.cursor;
        for (let page = 0; page < pagesAtMost; page += 1) {
          const found = await this.audit.find({ ...query, subjectKey, cursor, limit: query.limit - entries.length });
          entries.push(...found.entries.filter((entry) => entry.actor?.id !== principal.id));
          cursor = found.nextCursor;
          if (cursor === undefined || entries.length >= query.limit) break;
        }
        return { entries, nextCursor: cursor };
      });
      return value;
    });
  }
}
