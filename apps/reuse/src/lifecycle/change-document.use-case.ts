import { type DocumentRecord, Records } from '#domain/records';
import type { CalendarDate } from '#kernel';
import type { Principal } from '#platform/auth';
import { Injectable } from '@nestjs/common';
import { AccessTrail, auditActor } from '../calling/access-trail.js';
import type { Caller } from '../calling/caller.js';
import { requireCompetence } from '../calling/agency-competence.js';
import { documentFacts } from '../documents/document-facts.js';

export interface RevocationOrder {
  /** The caller's agency when absent. */
  readonly decidingAgencyCode?: string;
  readonly decisionNumber: string;
  readonly decisionDate: CalendarDate;
  readonly reason: string;
  /** May lie in the past. */
  readonly effectiveAt: Date;
}

/** The issuer's side: ends, pauses or replaces a document. Those who relied on it are told by `reuse.tell-dossiers`. */
@Injectable()
export class ChangeDocument {
  constructor(
    private readonly trail: AccessTrail,
    private readonly records: Records,
  ) {}

  /** FR-62. @throws DomainError `document-not-found`, `agency-not-competent`, `document-state-conflict`, `revocation-in-future` */
  revoke(documentId: string, order: RevocationOrder, caller: Caller): Promise<DocumentRecord> {
    const { decisionNumber, decisionDate } = order;
    return this.change('document.revoked', documentId, caller, { decisionNumber, decisionDate }, () =>
      // Competence was established, so the caller has an agency.
      this.records.revoke(documentId, {
        ...order,
        decidingAgencyCode: order.decidingAgencyCode ?? caller.principal.agencyCode ?? '',
      }),
    );
  }

  /** @throws DomainError `document-not-found`, `agency-not-competent`, `document-state-conflict` */
  suspend(documentId: string, reason: string, caller: Caller): Promise<DocumentRecord> {
    return this.change('document.suspended', documentId, caller, { reason }, () =>
      this.records.suspend(documentId, reason),
    );
  }

  /** @throws DomainError as `suspend` */
  resume(documentId: string, reason: string, caller: Caller): Promise<DocumentRecord> {
    return this.change('document.resumed', documentId, caller, { reason }, () =>
      this.records.resume(documentId, reason),
    );
  }

  /** @throws DomainError as `suspend`, and `replacement-cycle` */
  replace(
    documentId: string,
    by: string,
    relation: 'REPLACES' | 'CORRECTS' | 'RENEWS',
    caller: Caller,
  ): Promise<DocumentRecord> {
    return this.change('document.replaced', documentId, caller, { by, relation }, async () => {
      requireHolder(await this.records.get(by), caller.principal);
      return this.records.replace(documentId, by, relation);
    });
  }

  private async change(
    event: string,
    documentId: string,
    caller: Caller,
    detail: Record<string, unknown>,
    act: () => Promise<DocumentRecord>,
  ): Promise<DocumentRecord> {
    const actor = auditActor(caller);
    return this.trail.follow({ event, ...actor, detail: { ...actor.detail, ...detail } }, async (trace) => {
      const { value } = await trace.commit(async () => {
        const document = await this.records.get(documentId);
        trace.add({ ...documentFacts(document, document.current), subjectKey: document.owners[0]?.owner.subjectKey });
        requireHolder(document, caller.principal);
        return act();
      });
      return value;
    });
  }
}

/** The agency that issued a document, or that keeps it. @throws DomainError `agency-not-competent` */
export const requireHolder = (document: DocumentRecord, principal: Principal): void =>
  requireCompetence(principal, document.issuingAgencyCode, document.custodianAgencyCode);
