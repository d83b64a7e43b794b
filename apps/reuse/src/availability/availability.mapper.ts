import type { ComponentAvailability } from '#domain/availability';
import type { AvailabilityAnswerDto, AvailabilitySummaryDto } from './availability.dto.js';
import type { AvailabilityAnswer } from './check-availability.use-case.js';

/** @param withNames whether the caller may read titles before it holds a grant */
export const toAvailabilityAnswer = (
  answer: AvailabilityAnswer,
  requestId: string,
  withNames: boolean,
): AvailabilityAnswerDto => ({
  requestId,
  evaluatedAt: answer.evaluatedAt.toISOString(),
  components: answer.components.map((component) => ({
    componentId: component.componentId,
    name: component.name,
    mandatory: component.mandatory,
    decision: component.decision,
    candidates: component.candidates.map(({ document, decision, reasons, assurance }) => ({
      documentRef: answer.refOf(document.id, component.componentId),
      typeCode: document.typeCode,
      ...(withNames ? { name: document.name } : {}),
      decision,
      reasons,
      state: document.state,
      issuedOn: document.issuedOn ?? null,
      validTo: document.validTo ?? null,
      assurance,
      source: 'local',
      bytes: document.current.bytes,
      replaces: document.replaces,
    })),
  })),
  sourceStatus: [...answer.sourceStatus],
  summary: summarise(answer.components),
});

const summarise = (components: readonly ComponentAvailability[]): AvailabilitySummaryDto => {
  const count = (decision: ComponentAvailability['decision']): number =>
    components.filter((component) => component.decision === decision).length;
  return {
    required: components.length,
    reusable: count('REUSABLE'),
    withCheck: count('REUSABLE_WITH_CHECK'),
    missing: count('NOT_REUSABLE'),
  };
};
