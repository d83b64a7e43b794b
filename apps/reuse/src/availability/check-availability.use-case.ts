import { AvailabilityService, type ComponentAvailability } from '#domain/availability';
import type { OwnerIdentifier } from '#domain/records';
import { Clock } from '#kernel';
import type { Principal } from '#platform/auth';
import { Injectable } from '@nestjs/common';
import { AccessTrail, auditActor } from '../calling/access-trail.js';
import type { CallingContext } from '../calling/calling-context.js';
import { CaseAdmission } from '../calling/case-admission.js';
import { DocumentRefs } from './document-ref.js';
import { EnumerationGuard } from './enumeration-guard.js';
import { type DocumentSource, documentSources, type SourceStatus, statusOfSources } from './document-sources.js';

export interface AvailabilityQuestion {
  readonly context: CallingContext;
  readonly subject: OwnerIdentifier;
  /** All components of the procedure when absent. */
  readonly componentIds?: readonly string[];
  readonly sources?: readonly DocumentSource[];
}

export interface AvailabilityAnswer {
  readonly evaluatedAt: Date;
  readonly components: readonly ComponentAvailability[];
  /** Opaque reference of a candidate, for this caller and dossier. */
  readonly refOf: (documentId: string, componentId: string) => string;
  readonly sourceStatus: readonly SourceStatus[];
}

/** What is on file for the subject of an open dossier, component by component, with a decision and its reasons. */
@Injectable()
export class CheckAvailability {
  constructor(
    private readonly trail: AccessTrail,
    private readonly admission: CaseAdmission,
    private readonly guard: EnumerationGuard,
    private readonly availability: AvailabilityService,
    private readonly refs: DocumentRefs,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws DomainError `procedure-unknown`, `purpose-not-registered`, `consent-required`, `enumeration-guard`,
   * `dossier-not-assigned`, `agency-not-competent`, `log-unavailable`; each refusal is logged
   */
  execute(question: AvailabilityQuestion, principal: Principal): Promise<AvailabilityAnswer> {
    const { context, subject } = question;
    const facts = { event: 'availability.query', ...auditActor({ principal, actor: context.actor }) };
    return this.trail.follow(facts, async (trace) => {
      const subjectKey = await this.admission.checkContext(context, subject, principal, trace);
      await this.guard.admit(principal, context.actor.id, subjectKey);
      const { value } = await trace.commit(async () => {
        const admitted = await this.admission.admit(context, subject, principal, trace);
        const at = this.clock.now();
        const sources = question.sources ?? documentSources;
        const components = sources.includes('local')
          ? await this.availability.check({
              subject,
              procedureCode: admitted.procedure.code,
              receivedOn: admitted.dossier.receivedOn,
              componentIds: question.componentIds,
              agencyCode: admitted.dossier.agencyCode,
              consentGiven: admitted.consentGiven,
              at,
            })
          : [];
        trace.add({
          detail: {
            components: components.map((component) => ({
              componentId: component.componentId,
              decision: component.decision,
              documentIds: component.candidates.map((candidate) => candidate.document.id),
            })),
            sources,
          },
        });
        return {
          evaluatedAt: at,
          components,
          refOf: (documentId: string, componentId: string) =>
            this.refs.seal({ documentId, componentId }, principal, admitted.dossier.id, at),
          sourceStatus: statusOfSources(sources),
        };
      });
      return value;
    });
  }
}
