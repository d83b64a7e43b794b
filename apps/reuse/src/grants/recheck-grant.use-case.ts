import { AvailabilityService, type ReuseDecision, type ReuseReason } from '#domain/availability';
import { Dossiers } from '#domain/dossiers';
import type { DocumentState } from '#domain/records';
import { Clock } from '#kernel';
import { Injectable } from '@nestjs/common';
import { AccessTrail, auditActor } from '../calling/access-trail.js';
import type { Caller } from '../calling/caller.js';
import { requireLive } from './grant.js';
import { GrantAccess } from './grant-access.js';

/** A document as it was judged at one moment. */
export interface Judgement {
  readonly decision: ReuseDecision;
  readonly reasons: readonly ReuseReason[];
  readonly state: DocumentState;
  readonly version: number;
  readonly sha256: string;
}

interface RecheckedDocument {
  readonly documentId: string;
  readonly componentId: string;
  readonly granted: Judgement;
  readonly now: Judgement;
  /** Names of the members of `now` that differ from `granted`. */
  readonly changes: readonly (keyof Judgement)[];
  readonly replacedBy?: string;
}

export interface Recheck {
  readonly checkedAt: Date;
  readonly changed: boolean;
  readonly documents: readonly RecheckedDocument[];
}

/** Judges a grant's documents again at the moment of the decision (FR-71). */
@Injectable()
export class RecheckGrant {
  constructor(
    private readonly trail: AccessTrail,
    private readonly access: GrantAccess,
    private readonly availability: AvailabilityService,
    private readonly dossiers: Dossiers,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `grant-not-found`, `grant-expired`, `grant-revoked`, `log-unavailable` */
  execute(grantId: string, caller: Caller): Promise<Recheck> {
    return this.trail.follow({ event: 'grant.rechecked', ...auditActor(caller) }, async (trace) => {
      const { value } = await trace.commit(async () => {
        const grant = await this.access.ofHolder(grantId, caller.principal, trace);
        const at = this.clock.now();
        const dossier = await this.dossiers.get(grant.dossierId);
        requireLive(grant, dossier, at);
        const documents: RecheckedDocument[] = [];
        for (const document of grant.documents) {
          const candidate = await this.availability.judge({
            documentId: document.documentId,
            subject: { ownerId: grant.ownerId },
            procedureCode: grant.procedureCode,
            componentId: document.componentId,
            receivedOn: dossier.receivedOn,
            agencyCode: dossier.agencyCode,
            consentGiven: grant.legalBasis.code === 'CONSENT',
            at,
          });
          const granted: Judgement = {
            decision: document.decision,
            reasons: document.reasons,
            state: document.state,
            version: document.versionNumber,
            sha256: document.sha256,
          };
          const now: Judgement = {
            decision: candidate.decision,
            reasons: candidate.reasons,
            state: candidate.document.state,
            version: candidate.document.current.number,
            sha256: candidate.document.current.sha256,
          };
          documents.push({
            documentId: document.documentId,
            componentId: document.componentId,
            granted,
            now,
            changes: changesBetween(granted, now),
            replacedBy: candidate.document.replacedBy,
          });
        }
        const changed = documents.some(({ changes }) => changes.length > 0);
        trace.add({
          detail: {
            changed,
            documentIds: documents.map(({ documentId }) => documentId),
            decisions: documents.map(({ now }) => now.decision),
          },
        });
        return { checkedAt: at, changed, documents };
      });
      return value;
    });
  }
}

/** Which members differ; the order of reasons says nothing. */
export const changesBetween = (before: Judgement, after: Judgement): readonly (keyof Judgement)[] => {
  const plain = ({ reasons, ...rest }: Judgement) => ({ ...rest, reasons: [...reasons].sort().join() });
  const [a, b] = [plain(before), plain(after)];
  return (['decision', 'reasons', 'state', 'version', 'sha256'] as const).filter((member) => a[member] !== b[member]);
};
