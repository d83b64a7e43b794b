import { DomainError } from '#kernel';
import type { OwnerIdentifier } from '../records.port.js';
import { normaliseIdentifier } from '../rules/owner-identifier.js';

/** A citizen or a business as the APIs name them. */
export interface SubjectInput {
  readonly kind: 'person' | 'business';
  readonly personalId?: string;
  readonly businessCode?: string;
}

/**
 * The identifier by which a subject's papers are filed.
 * @param field name of the member the subject came in, for the fault
 * @throws DomainError `subject-invalid`; its detail names the field and the rule that failed, never the value
 */
export const parseSubject = (input: SubjectInput, field = 'subject'): OwnerIdentifier => {
  const [kind, member] =
    input.kind === 'person' ? (['PERSON_PIN', 'personalId'] as const) : (['ORGANISATION_MST', 'businessCode'] as const);
  try {
    return normaliseIdentifier({ kind, value: input[member] ?? '' });
  } catch (cause) {
    if (!(cause instanceof DomainError)) throw cause;
    throw new DomainError('subject-invalid', {}, { cause, details: [cause.asDetail(`${field}.${member}`)] });
  }
};
