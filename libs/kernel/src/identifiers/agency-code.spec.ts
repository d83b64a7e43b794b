import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AgencyCode } from './agency-code.js';

const refused = (read: () => unknown): void => {
  expect(read).toThrow(expect.objectContaining({ code: 'agency-code-invalid' }));
};

describe('an agency code (FR-06)', () => {
  it.each(['H27', 'H27.05', 'H27.05.12', 'G15', 'Z01.ABC9'])('%s is accepted', (text) => {
    expect(AgencyCode.parse(text).value).toBe(text);
  });

  it('is read level by level', () => {
    expect(AgencyCode.parse('H27.05.12').parts).toEqual(['H27', '05', '12']);
  });

  it('has at most 35 characters', () => {
    expect(AgencyCode.parse(`H27.${'A'.repeat(31)}`).value).toHaveLength(35);
    refused(() => AgencyCode.parse(`H27.${'A'.repeat(32)}`));
  });

  it.each(['', 'h27', 'H2', 'H27.', 'H27..05', 'H27.05-12', 'H27.Đ1', ' H27', '27.05'])('"%s" is refused', (text) => {
    refused(() => AgencyCode.parse(text));
  });

  it.each([
    ['000.17.22.H56', 'H56.22.17'],
    ['000.00.06.H56', 'H56.06'],
    ['000.00.00.H56', 'H56'],
    ['123.17.22.H56', 'H56.22.17.123'],
  ])('converts %s of the older form to %s, and back', (older, code) => {
    expect(AgencyCode.fromLegacy(older).value).toBe(code);
    expect(AgencyCode.parse(code).toLegacy()).toBe(older);
  });

  it.each(['000.17.00.H56', '123.00.22.H56', '17.22.H56', '000.17.22.h56', '000.17.22.H5'])(
    'refuses %s, which the older form does not allow or which leaves a level out',
    (older) => {
      refused(() => AgencyCode.fromLegacy(older));
    },
  );

  it.each(['H27.5', 'H27.05.123', 'H27.05.12.34', 'H27.05.12.345.6', 'H27.AB'])(
    'refuses to squeeze %s into the older form',
    (code) => {
      refused(() => AgencyCode.parse(code).toLegacy());
    },
  );

  it('survives the way there and back', () => {
    const level = fc.integer({ min: 1, max: 99 }).map((n) => String(n).padStart(2, '0'));
    fc.assert(
      fc.property(level, fc.array(level, { maxLength: 2 }), (top, levels) => {
        const code = [`H${top}`, ...levels].join('.');
        expect(AgencyCode.fromLegacy(AgencyCode.parse(code).toLegacy()).value).toBe(code);
      }),
    );
  });
});
