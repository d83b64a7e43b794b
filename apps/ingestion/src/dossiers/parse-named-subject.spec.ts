import { describe, expect, it } from '@jest/globals';
import { DomainError } from '#kernel';
import { parseNamedSubject, type NamedSubjectInput } from './parse-named-subject.js';

const an: NamedSubjectInput = { kind: 'person', personalId: '042090000123', name: '  Nguyễn Văn An ' };
const faultsOf = (input: NamedSubjectInput, field?: string) => {
  try {
    parseNamedSubject(input, field);
  } catch (error) {
    if (error instanceof DomainError) return [error.code, error.details];
  }
  return 'accepted';
};

describe('whose dossier or paper it is', () => {
  it('is a person by the personal number, the name in one form (FR-01)', () => {
    const decomposed = parseNamedSubject({ ...an, name: an.name.normalize('NFD') });
    expect(decomposed.identifier).toEqual({ kind: 'PERSON_PIN', value: '042090000123' });
    expect(decomposed.known.name).toBe('Nguyễn Văn An');
  });

  it('is a business by its code, written as the law writes it (FR-03)', () => {
    const { identifier } = parseNamedSubject({ kind: 'business', businessCode: '3000 0000 37', name: 'Sông La' });
    expect(identifier).toEqual({ kind: 'ORGANISATION_MST', value: '3000000037' });
  });

  it('agrees with birth date and sex where they are given (FR-02)', () => {
    expect(faultsOf({ ...an, birthDate: '1990-03-15', sex: 'male' })).toBe('accepted');
    expect(faultsOf({ ...an, birthDate: '1991-03-15', sex: 'female' })).toEqual([
      'subject-invalid',
      [
        { code: 'PIN_DOB_MISMATCH', field: 'subject.birthDate' },
        { code: 'PIN_SEX_MISMATCH', field: 'subject.sex' },
      ],
    ]);
  });

  it.each([
    ['too short', { ...an, personalId: '04209000012' }, 'PERSONAL_ID_INVALID', 'owner.personalId', 'LENGTH'],
    ['missing', { ...an, personalId: undefined }, 'PERSONAL_ID_INVALID', 'owner.personalId', 'LENGTH'],
    [
      'with a wrong check digit',
      { kind: 'business', businessCode: '3000000030', name: 'X' } as const,
      'BUSINESS_CODE_INVALID',
      'owner.businessCode',
      'CHECK_DIGIT',
    ],
  ])('names the rule an identifier breaks, never the identifier: %s', (_, input, code, field, reason) => {
    const faults = faultsOf(input, 'owner');
    expect(faults).toEqual(['subject-invalid', [{ code, field, params: { reason } }]]);
    expect(JSON.stringify(faults)).not.toMatch(/\d{10,}/);
  });
});
