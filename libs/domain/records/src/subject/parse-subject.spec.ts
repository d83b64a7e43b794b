import { describe, expect, it } from '@jest/globals';
import { parseSubject, type SubjectInput } from './parse-subject.js';

describe('the subject of a request', () => {
  it('is a person by the 12-digit number, or a business by its code', () => {
    expect(parseSubject({ kind: 'person', personalId: '042090000123' })).toEqual({
      kind: 'PERSON_PIN',
      value: '042090000123',
    });
    expect(parseSubject({ kind: 'business', businessCode: '3000000037' })).toEqual({
      kind: 'ORGANISATION_MST',
      value: '3000000037',
    });
  });

  it('is the person in business where the business code is a personal number, however it is spaced (FR-03)', () => {
    const person = { kind: 'PERSON_PIN', value: '042090000123' };
    expect(parseSubject({ kind: 'business', businessCode: '042 090 000 123' })).toEqual(person);
  });

  it.each<[string, SubjectInput, string, string, string]>([
    ['11 digits', { kind: 'person', personalId: '04209000012' }, 'subject.personalId', 'PERSONAL_ID_INVALID', 'LENGTH'],
    [
      'a letter',
      { kind: 'person', personalId: '04209000012A' },
      'subject.personalId',
      'PERSONAL_ID_INVALID',
      'NOT_DIGITS',
    ],
    [
      'no number',
      { kind: 'person', businessCode: '3000000037' },
      'subject.personalId',
      'PERSONAL_ID_INVALID',
      'LENGTH',
    ],
    [
      'a wrong check digit',
      { kind: 'business', businessCode: '3000000038' },
      'subject.businessCode',
      'BUSINESS_CODE_INVALID',
      'CHECK_DIGIT',
    ],
  ])('is refused with %s: the field and the rule are named, the number is not', (_, input, field, code, reason) => {
    const parse = () => parseSubject(input);
    expect(parse).toThrow(expect.objectContaining({ code: 'subject-invalid', params: {} }));
    expect(parse).toThrow(expect.objectContaining({ details: [{ code, field, params: { reason } }] }));
  });
});
