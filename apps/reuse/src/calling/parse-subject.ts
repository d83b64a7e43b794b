import type { OwnerIdentifier } from '#domain/records';
import { BusinessCode, DomainError, PersonalId } from '#kernel';

export interface SubjectInput {
  readonly kind: 'person' | 'business';
  readonly personalId?: string;
  readonly businessCode?: string;
}

/**
 * The person or business asked about.
 * @throws DomainError `subject-invalid`; its detail names the field and the rule that failed, never the value
 */
export const parseSubject = (input: SubjectInput): OwnerIdentifier => {
  const field = input.kind === 'person' ? 'personalId' : 'businessCode';
  try {
    return input.kind === 'person'
      ? { kind: 'PERSON_PIN', value: PersonalId.parse(input.personalId ?? '').value }
      : { kind: 'ORGANISATION_MST', value: BusinessCode.parse(input.businessCode ?? '').value };
  } catch (cause) {
    if (!(cause instanceof DomainError)) throw cause;
    throw new DomainError(
      'subject-invalid',
      {},
      {
        cause,
        details: [
          { code: cause.code.toUpperCase().replaceAll('-', '_'), field: `subject.${field}`, params: cause.params },
        ],
      },
    );
  }
};
