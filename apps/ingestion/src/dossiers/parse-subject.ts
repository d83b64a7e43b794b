import type { CalendarDate } from '#domain/catalogue';
import type { OwnerIdentifier } from '#domain/records';
import { BusinessCode, DomainError, type ErrorDetail, nfc, PersonalId } from '#kernel';

export interface SubjectInput {
  readonly kind: 'person' | 'business';
  readonly personalId?: string;
  readonly businessCode?: string;
  readonly name: string;
  readonly birthDate?: CalendarDate;
  readonly sex?: 'male' | 'female';
}

export interface ParsedSubject {
  readonly identifier: OwnerIdentifier;
  readonly known: { readonly name: string; readonly birthDate?: CalendarDate; readonly sex?: 'male' | 'female' };
}

/**
 * Reads who a dossier or a paper belongs to, and compares a personal number with birth date and sex (FR-01 to FR-03).
 * @param field name of the member the subject came in, for the faults
 * @throws DomainError `subject-invalid`; its details name the field and the rule, never the value
 */
export const parseSubject = (input: SubjectInput, field = 'subject'): ParsedSubject => {
  const known = { name: nfc(input.name).trim(), birthDate: input.birthDate, sex: input.sex };
  const identifierField = `${field}.${input.kind === 'person' ? 'personalId' : 'businessCode'}`;
  const invalid = (details: ErrorDetail[], cause?: unknown) =>
    new DomainError('subject-invalid', {}, { details, cause });
  try {
    if (input.kind === 'business') {
      const { value } = BusinessCode.parse(input.businessCode ?? '');
      return { identifier: { kind: 'ORGANISATION_MST', value }, known };
    }
    const personalId = PersonalId.parse(input.personalId ?? '');
    const mismatches = personalId.crossCheck(known);
    if (mismatches.length > 0) {
      throw invalid(
        mismatches.map((code) => ({
          code,
          field: code === 'PIN_DOB_MISMATCH' ? `${field}.birthDate` : `${field}.sex`,
        })),
      );
    }
    return { identifier: { kind: 'PERSON_PIN', value: personalId.value }, known };
  } catch (cause) {
    if (!(cause instanceof DomainError) || cause.code === 'subject-invalid') throw cause;
    const reason = cause.params['reason'];
    throw invalid(
      [{ code: cause.code, field: identifierField, ...(reason !== undefined && { params: { reason } }) }],
      cause,
    );
  }
};
