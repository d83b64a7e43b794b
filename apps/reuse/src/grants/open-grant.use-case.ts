import { AvailabilityService, type Candidate } from '#domain/availability';
import type { OwnerIdentifier } from '#domain/records';
import { Clock, DomainError, newId } from '#kernel';
import type { Principal } from '#platform/auth';
import { Settings } from '#platform/config';
import { Injectable } from '@nestjs/common';
import { DocumentRefs, type ReferredDocument } from '../availability/document-ref.js';
import { AccessTrail, auditActor } from '../calling/access-trail.js';
import type { CallingContext } from '../calling/calling-context.js';
import { type AdmittedCase, CaseAdmission } from '../calling/case-admission.js';
import { defaultMaxReads, expiryOf, type Grant, type GrantedDocument } from './grant.js';
import type { GrantView } from './grant-view.js';
import { Grants } from './grants.port.js';

export interface GrantRequest {
  readonly context: CallingContext;
  readonly subject: OwnerIdentifier;
  readonly documentRefs: readonly string[];
  readonly ttlDays?: number;
  readonly maxReads?: number;
}

/** Turns candidates of an availability answer into permission to read them, for one dossier and one purpose. */
@Injectable()
export class OpenGrant {
  constructor(
    private readonly trail: AccessTrail,
    private readonly admission: CaseAdmission,
    private readonly availability: AvailabilityService,
    private readonly refs: DocumentRefs,
    private readonly grants: Grants,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  /**
   * Every document is judged again now (FR-71). One that may not be reused refuses the whole grant, so that a caller
   * never takes half of what it asked for as all of it.
   * @throws DomainError those of the availability call; `document-not-found` for a reference that is not this caller's,
   * not of this dossier or too old; `document-revoked`, `document-superseded`, `document-suspended`, `document-not-reusable`,
   * `consent-required`
   */
  async execute(request: GrantRequest, principal: Principal): Promise<GrantView> {
    const { context, subject } = request;
    const facts = { event: 'grant.created', ...auditActor({ principal, actor: context.actor }) };
    return this.trail.follow(facts, async (trace) => {
      await this.admission.checkContext(context, subject, principal, trace);
      const { value } = await trace.commit(async () => {
        const admitted = await this.admission.admit(context, subject, principal, trace);
        const now = this.clock.now();
        const candidates = await this.judge(
          this.openRefs(request.documentRefs, principal, admitted, now),
          admitted,
          now,
        );
        const grant: Grant = {
          id: newId(),
          holder: { kind: principal.kind, id: principal.id },
          actor: context.actor,
          dossierId: admitted.dossier.id,
          dossierCode: admitted.dossier.code,
          agencyCode: admitted.dossier.agencyCode,
          procedureCode: admitted.procedure.code,
          purposeCode: admitted.purpose.code,
          legalBasis: context.legalBasis,
          consentRef: context.consentRef,
          bulk: context.bulk,
          ownerId: admitted.owner.id,
          subjectKey: admitted.owner.subjectKey,
          status: 'ACTIVE',
          maxReads: request.maxReads ?? defaultMaxReads,
          reads: 0,
          createdAt: now,
          expiresAt: expiryOf(now, request.ttlDays, this.settings.grantMaxDays),
          documents: candidates.map(toGranted),
        };
        await this.grants.add(grant);
        trace.add({
          detail: { grantId: grant.id, documentIds: grant.documents.map((document) => document.documentId) },
        });
        return {
          grant,
          owner: admitted.owner,
          documents: candidates.map(({ candidate }) => candidate.document),
          at: now,
        };
      });
      return value;
    });
  }

  private openRefs(
    refs: readonly string[],
    principal: Principal,
    admitted: AdmittedCase,
    now: Date,
  ): readonly ReferredDocument[] {
    // Two references may name the same paper: each availability answer seals its own.
    const distinct = new Map<string, ReferredDocument>();
    for (const [index, ref] of refs.entries()) {
      const opened = this.refs.open(ref, principal, admitted.dossier.id, now);
      if ('fault' in opened) {
        const code = opened.fault === 'EXPIRED' ? 'DOCUMENT_REF_EXPIRED' : 'DOCUMENT_REF_INVALID';
        throw new DomainError('document-not-found', {}, { details: [{ code, field: `documentRefs.${index}` }] });
      }
      distinct.set(`${opened.documentId}/${opened.componentId}`, opened);
    }
    return [...distinct.values()];
  }

  private async judge(
    referred: readonly ReferredDocument[],
    admitted: AdmittedCase,
    now: Date,
  ): Promise<readonly JudgedDocument[]> {
    const judged: JudgedDocument[] = [];
    for (const { documentId, componentId } of referred) {
      const candidate = await this.availability.judge({
        documentId,
        subject: { ownerId: admitted.owner.id },
        procedureCode: admitted.procedure.code,
        componentId,
        receivedOn: admitted.dossier.receivedOn,
        agencyCode: admitted.dossier.agencyCode,
        consentGiven: admitted.consentGiven,
        at: now,
      });
      requireReusable(candidate);
      judged.push({ candidate, componentId });
    }
    return judged;
  }
}

interface JudgedDocument {
  readonly candidate: Candidate;
  readonly componentId: string;
}

const requireReusable = ({ document, decision, reasons }: Candidate): void => {
  if (decision !== 'NOT_REUSABLE') return;
  const details = reasons.map((code) => ({ code }));
  if (reasons.includes('REVOKED')) throw new DomainError('document-revoked', {}, { details });
  if (reasons.includes('SUPERSEDED'))
    throw new DomainError('document-superseded', { replacedBy: document.replacedBy }, { details });
  if (reasons.includes('SUSPENDED')) throw new DomainError('document-suspended', {}, { details });
  if (reasons.includes('NEEDS_CONSENT')) throw new DomainError('consent-required', {}, { details });
  throw new DomainError('document-not-reusable', {}, { details });
};

const toGranted = ({ candidate, componentId }: JudgedDocument): GrantedDocument => ({
  documentId: candidate.document.id,
  componentId,
  versionId: candidate.document.current.id,
  versionNumber: candidate.document.current.number,
  sha256: candidate.document.current.sha256,
  bytes: candidate.document.current.bytes,
  decision: candidate.decision,
  reasons: candidate.reasons,
  state: candidate.document.state,
});
