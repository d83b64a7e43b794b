import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, vietnamDate } from '#kernel';
import { settleValidity, validityOn } from './validity.js';

const today = '2026-11-23';
const stated = { rule: 'stated' } as const;
const permanent = { rule: 'permanent' } as const;
const sixMonths = { rule: 'months', months: 6 } as const;

describe('the validity a confirmed paper gets (FR-29, FR-65)', () => {
  it('never invents an end: an empty validity stays empty', () => {
    expect(settleValidity(stated, { issuedOn: '2020-01-01', permanent: false }, today)).toEqual({
      validFrom: '2020-01-01',
      permanent: false,
    });
  });

  it('does not call a paper permanent because its type usually is', () => {
    expect(settleValidity(permanent, { issuedOn: '2020-01-01', permanent: false }, today).permanent).toBe(false);
  });

  it.each([
    ['2026-08-31', '2027-02-28'],
    ['2023-08-31', '2024-02-29'],
    ['2026-03-15', '2026-09-15'],
  ])('counts the six months the law sets from %s to %s', (issuedOn, validTo) => {
    expect(settleValidity(sixMonths, { issuedOn, permanent: false }, today).validTo).toBe(validTo);
  });

  it('takes the end that the paper states rather than the term of its type', () => {
    const validity = settleValidity(
      sixMonths,
      { issuedOn: '2026-08-31', validTo: '2026-12-31', permanent: false },
      today,
    );
    expect(validity.validTo).toBe('2026-12-31');
  });

  it('counts no term without an issue date', () => {
    expect(settleValidity(sixMonths, { permanent: false }, today)).toEqual({ permanent: false });
  });

  it.each([
    ['PERMANENT_WITH_END', { validTo: '2030-01-01', permanent: true }],
    ['ENDS_BEFORE_ISSUE', { issuedOn: '2026-01-02', validTo: '2026-01-01', permanent: false }],
    ['ISSUED_IN_FUTURE', { issuedOn: '2026-11-24', permanent: false }],
  ])('refuses contradicting dates: %s', (reason, input) => {
    expect(() => settleValidity(stated, input, today)).toThrow(
      expect.objectContaining({ code: 'validity-inconsistent', params: { reason } }),
    );
  });
});

describe('whether a paper is valid on a day (FR-61, FR-65)', () => {
  const year = { validFrom: '2026-01-01', validTo: '2026-12-31', permanent: false };

  it('is valid through the last second of its last day in Viet Nam, and not one longer', () => {
    expect(validityOn(year, stated, vietnamDate(new Date('2026-12-31T23:59:59.999+07:00')))).toBe('VALID');
    expect(validityOn(year, stated, vietnamDate(new Date('2027-01-01T00:00:00.000+07:00')))).toBe('EXPIRED');
  });

  it('is not valid before its first day', () => {
    expect(validityOn(year, stated, '2025-12-31')).toBe('NOT_YET_VALID');
  });

  it('is unknown when nobody said until when', () => {
    expect(validityOn({ permanent: false }, stated, today)).toBe('UNKNOWN');
    expect(validityOn({ permanent: false }, sixMonths, today)).toBe('UNKNOWN');
  });

  it('is valid for good when the paper was said to be permanent, or the law says so of its type', () => {
    expect(validityOn({ permanent: true }, stated, today)).toBe('VALID');
    expect(validityOn({ permanent: false }, permanent, today)).toBe('VALID');
  });

  it('once expired stays expired', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000 }), fc.integer({ min: 0, max: 5_000 }), (after, later) => {
        expect(validityOn(year, permanent, addDays(year.validTo, after + later))).toBe('EXPIRED');
      }),
    );
  });
});
