import type { FieldDefinition } from '#domain/catalogue';
import type { FieldValue } from '#domain/records';
import {
  BusinessCode,
  DocumentNumber,
  DomainError,
  type ErrorDetail,
  nfc,
  parseVietnameseDate,
  PersonalId,
  searchKey,
} from '#kernel';

export interface GivenField {
  readonly key: string;
  readonly value: string;
}

type Kind = FieldDefinition['kind'];

const text = (value: string): string => nfc(value).replace(/\s+/gu, ' ').trim();

const normalisers: Readonly<Record<Kind, (value: string) => string>> = {
  text,
  agency: text,
  // Of a paper that anybody may hold; a foreign owner's number follows neither of our rules.
  identifier: text,
  date: parseVietnameseDate,
  personalId: (value) => PersonalId.parse(value.replace(/\s+/gu, '')).value,
  businessCode: (value) => BusinessCode.parse(value).value,
  number: (value) => {
    // Vietnamese notation: dots between thousands, a comma before decimals.
    const found = /^(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?$/u.exec(value.replace(/\s+/gu, ''));
    if (!found) throw new DomainError('confirmation-invalid');
    return found[0].replaceAll('.', '');
  },
  sex: (value) => {
    const sex = { nam: 'Nam', nu: 'Nữ' }[searchKey(value)];
    if (sex === undefined) throw new DomainError('confirmation-invalid');
    return sex;
  },
  documentNumber: (value) => {
    try {
      return DocumentNumber.format(DocumentNumber.parse(value));
    } catch (error) {
      // Serials and registration codes have forms of their own: `AA 02718345`.
      if (error instanceof DomainError) return text(value);
      throw error;
    }
  },
};

/**
 * Brings what the officer confirms into its normal form (FR-26) and says where each value comes from: as proposed, or
 * typed. Blank values count as not given.
 * @param definitions all fields of the type, the nine minimum fields included
 * @throws DomainError `confirmation-invalid` with every fault: `UNKNOWN_FIELD`, `REQUIRED`, `MALFORMED` or the code of the
 * identifier's rule
 */
export const normaliseFields = (
  given: readonly GivenField[],
  definitions: readonly FieldDefinition[],
  proposed: readonly FieldValue[],
): FieldValue[] => {
  const faults: ErrorDetail[] = [];
  const values = new Map<string, string>();
  for (const { key, value } of given) {
    const definition = definitions.find((candidate) => candidate.key === key);
    if (!definition) {
      faults.push({ code: 'UNKNOWN_FIELD', field: key });
      continue;
    }
    if (value.trim() === '') continue;
    try {
      values.set(key, normalisers[definition.kind](value));
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      faults.push(error.code === 'confirmation-invalid' ? { code: 'MALFORMED', field: key } : error.asDetail(key));
    }
  }
  for (const { key, required } of definitions) {
    const faulty = faults.some((fault) => fault.field === key);
    if (required && !values.has(key) && !faulty) faults.push({ code: 'REQUIRED', field: key });
  }
  if (faults.length > 0) throw new DomainError('confirmation-invalid', {}, { details: faults });
  return [...values].map(([key, value]) => {
    const proposal = proposed.find((field) => field.key === key && field.value === value);
    return proposal ?? { key, value, source: 'TYPED', confidence: 1 };
  });
};
