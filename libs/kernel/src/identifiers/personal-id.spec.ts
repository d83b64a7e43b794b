import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { PersonalId } from './personal-id.js';

const today = '2026-11-23';
const fault = (text: string): unknown => {
  try {
    PersonalId.parse(text, today);
    return undefined;
  } catch (error) {
    return error;
  }
};

describe('a personal number (FR-01)', () => {
  it.each([
    ['042090000123', 'Hà Tĩnh', 'male', 1990],
    ['042190000123', 'Hà Tĩnh', 'female', 1990],
    ['001315000456', 'Hà Nội', 'female', 2015],
    ['042219000789', 'Hà Tĩnh', 'male', 2019],
  ])('%s was registered in %s for a %s born in %d', (text, provinceName, sex, birthYear) => {
    expect(PersonalId.parse(text, today)).toMatchObject({
      value: text,
      provinceCode: text.slice(0, 3),
      provinceKnown: true,
      provinceName,
      sex,
      birthYear,
    });
  });

  it('keeps the province of registration although the code means another province today', () => {
    expect(PersonalId.parse('015090000123', today).provinceName).toBe('Yên Bái');
  });

  it('accepts the code of a foreign country, and says that it is not a known province', () => {
    expect(PersonalId.parse('999090000123', today)).toMatchObject({ provinceKnown: false, provinceName: undefined });
  });

  it.each([
    ['eleven digits', '04209000012', 'LENGTH'],
    ['thirteen digits', '0420900001234', 'LENGTH'],
    ['a letter', '04209000O123', 'NOT_DIGITS'],
    ['full-width digits', '0420９0000123', 'NOT_DIGITS'],
    ['a birth year after today', '042227000123', 'BIRTH_YEAR_IN_FUTURE'],
    ['a birth century after today', '042490000123', 'BIRTH_YEAR_IN_FUTURE'],
  ])('with %s is refused', (_case, text, reason) => {
    expect(fault(text)).toMatchObject({ code: 'personal-id-invalid', params: { reason } });
  });

  it('of someone born this year is accepted', () => {
    expect(PersonalId.parse('042226000123', today).birthYear).toBe(2026);
  });

  it('does not repeat the number in the error, which may be logged (FR-82)', () => {
    expect(JSON.stringify(fault('042490000123'))).not.toContain('042490000123');
  });

  it('encodes century and sex in one digit, for any year until 2399', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1900, max: 2399 }), fc.constantFrom('male', 'female'), (year, sex) => {
        const century = Math.floor((year - 1900) / 100) * 2 + (sex === 'female' ? 1 : 0);
        const id = PersonalId.parse(`042${century}${String(year % 100).padStart(2, '0')}000123`, '2399-12-31');
        expect([id.birthYear, id.sex]).toEqual([year, sex]);
      }),
    );
  });
});

describe('a personal number beside what is known of the person (FR-02)', () => {
  const id = PersonalId.parse('042090000123', today);

  it('agrees with birth date and sex', () => {
    expect(id.crossCheck({ birthDate: '1990-03-15', sex: 'male' })).toEqual([]);
  });

  it('disagrees with another birth year', () => {
    expect(id.crossCheck({ birthDate: '1991-03-15', sex: 'male' })).toEqual(['PIN_DOB_MISMATCH']);
  });

  it('disagrees with another sex', () => {
    expect(id.crossCheck({ birthDate: '1990-03-15', sex: 'female' })).toEqual(['PIN_SEX_MISMATCH']);
  });

  it('tells both at once', () => {
    expect(id.crossCheck({ birthDate: '2001-01-01', sex: 'female' })).toEqual(['PIN_DOB_MISMATCH', 'PIN_SEX_MISMATCH']);
  });

  it('has nothing to say about what is not known', () => {
    expect(id.crossCheck({})).toEqual([]);
  });
});
