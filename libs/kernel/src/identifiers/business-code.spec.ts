import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BusinessCode, businessCheckDigit } from './business-code.js';

const fault = (text: string): unknown => {
  try {
    BusinessCode.parse(text);
    return undefined;
  } catch (error) {
    return error;
  }
};

describe('a business code (FR-03)', () => {
  it.each(['0100112437', '0100233488', '0314409058', '3000000012', '3000000037'])('%s is valid', (text) => {
    expect(BusinessCode.parse(text)).toMatchObject({ value: text, base: text, branch: undefined });
  });

  it.each(['0314409058-002', '0314409058002', '0314409058 - 002', ' 0314 409 058-002 '])(
    'keeps base and branch of "%s" apart',
    (text) => {
      expect(BusinessCode.parse(text)).toMatchObject({ base: '0314409058', branch: '002', value: '0314409058-002' });
    },
  );

  it.each([
    ['a wrong check digit', '0100233480', 'CHECK_DIGIT'],
    ['branch 000', '0100233488-000', 'BRANCH_ZERO'],
    ['serial 0000000', '3000000000', 'SERIAL_ZERO'],
    ['nine digits', '010023348', 'FORMAT'],
    ['a letter', '010023348B', 'FORMAT'],
    ['a hyphen in the wrong place', '01-00233488', 'FORMAT'],
    ['twelve digits, which is a personal number', '042090000123', 'PERSONAL_ID'],
  ])('with %s is refused', (_case, text, reason) => {
    expect(fault(text)).toMatchObject({ code: 'business-code-invalid', params: { reason } });
  });

  it('does not exist for nine digits whose check would be 10', () => {
    for (let digit = 0; digit <= 9; digit += 1) {
      expect(fault(`300000002${digit}`)).toMatchObject({ params: { reason: 'CHECK_DIGIT' } });
    }
  });

  const nineDigits = fc
    .tuple(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 1, max: 9_999_999 }))
    .map(([province, serial]) => String(province).padStart(2, '0') + String(serial).padStart(7, '0'))
    .filter((digits) => businessCheckDigit(digits) < 10);

  it('has exactly one valid check digit', () => {
    fc.assert(
      fc.property(nineDigits, (digits) => {
        const valid = [...'0123456789'].filter((digit) => fault(digits + digit) === undefined);
        expect(valid).toEqual([String(businessCheckDigit(digits))]);
      }),
    );
  });

  it('never survives one misread digit', () => {
    fc.assert(
      fc.property(nineDigits, fc.nat(9), fc.integer({ min: 1, max: 9 }), (digits, position, change) => {
        const code = digits + String(businessCheckDigit(digits));
        const misread = (Number(code[position]) + change) % 10;
        expect(fault(code.slice(0, position) + String(misread) + code.slice(position + 1))).toBeDefined();
      }),
    );
  });
});
