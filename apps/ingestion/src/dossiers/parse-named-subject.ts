import type { CalendarDate } from '#domain/catalogue';
import { type OwnerIdentifier, parseSubject, type SubjectInput } from '#domain/records';
import { DomainError, nfc, PersonalId } from '#kernel';

export interface NamedSubjectInput extends SubjectInput {
  readonly name: string;
  readonly birthDate?: CalendarDate;
  readonly sex?: 'male' | 'female';
}

export interface NamedSubject {
  readonly identifier: OwnerIdentifier;
  readonly known: { readonly name: string; readonly birthDate?: CalendarDate; readonly sex?: 'male' | 'female' };
}

const membersCompared = { PIN_DOB_MISMATCH: 'birthDate', PIN_SEX_MISMATCH: 'sex' } as const;

/**
 * Reads who a dossier or a paper belongs to, and compares a personal number with birth date and sex (FR-01 to FR-03).
 * @param field name of the member the subject came in, for the faults
 * @throws DomainError `subject-invalid`; its details name the field and the rule, never the value
 */
export const parseNamedSubject = (input: NamedSubjectInput, field = 'subject'): NamedSubject => {
  const known = { name: nfc(input.name).trim(), birthDate: input.birthDate, sex: input.sex };
  const identifier = parseSubject(input, field);
  const mismatches = input.kind === 'person' ? PersonalId.parse(identifier.value).crossCheck(known) : [];
  if (mismatches.length > 0) {
    const details = mismatches.map((code) => ({ code, field: `${field}.${membersCompared[code]}` }));
    throw new DomainError('subject-invalid', {}, { details });
  }
  return { identifier, known };
};
