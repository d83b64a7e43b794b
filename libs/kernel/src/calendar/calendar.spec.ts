import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type CalendarDate, isCalendarDate } from './calendar-date.js';
import { addDays, addMonths } from './date-arithmetic.js';
import { parseVietnameseDate } from './parse-vietnamese-date.js';
import { endOfDay, startOfDay, vietnamDate, vietnamDotted, vietnamIso, vietnamYear } from './vietnam-time.js';

const invalid = expect.objectContaining({ code: 'date-invalid' });
const anyDate: fc.Arbitrary<CalendarDate> = fc
  .date({ min: new Date('1900-01-01T00:00:00Z'), max: new Date('2200-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe('a date on a Vietnamese paper (FR-26)', () => {
  it.each([
    ['ngày 05 tháng 3 năm 2020', '2020-03-05'],
    ['Ngày 5 tháng 03 năm 2020.', '2020-03-05'],
    ['Thành Sen, ngày 05 tháng 3 năm 2020', '2020-03-05'],
    ['nga\u0300y 05 tha\u0301ng 3 na\u0306m 2020', '2020-03-05'],
    ['05/03/2020', '2020-03-05'],
    ['5-3-2020', '2020-03-05'],
    ['05.03.2020', '2020-03-05'],
    [' 29/02/2024 ', '2024-02-29'],
    ['2020-03-05', '2020-03-05'],
  ])('"%s" is %s', (text, date) => {
    expect(parseVietnameseDate(text)).toBe(date);
  });

  it.each([
    '31/02/2020',
    '29/02/2023',
    '00/03/2020',
    '05/13/2020',
    '05/03-2020',
    '05/03/20',
    'tháng 3 năm 2020',
    '',
    '2020-02-30',
  ])('"%s" is refused', (text) => {
    expect(() => parseVietnameseDate(text)).toThrow(invalid);
  });

  it('means the same in words and in digits', () => {
    fc.assert(
      fc.property(anyDate, (date) => {
        const [year, month, day] = date.split('-').map(Number);
        expect(parseVietnameseDate(`ngày ${day} tháng ${month} năm ${year}`)).toBe(date);
        expect(parseVietnameseDate(`${day}/${month}/${year}`)).toBe(date);
      }),
    );
  });
});

describe('terms in calendar months and days (FR-65)', () => {
  it.each([
    ['2025-08-31', 6, '2026-02-28'],
    ['2023-08-31', 6, '2024-02-29'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2026-03-15', 6, '2026-09-15'],
    ['2026-12-31', 2, '2027-02-28'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-01-15', -1, '2025-12-15'],
    ['2026-01-15', 0, '2026-01-15'],
  ])('%s and %d months is %s', (from, months, to) => {
    expect(addMonths(from, months)).toBe(to);
  });

  it('stays on the same day, or goes to the last of the month when it has no such day', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: -600, max: 600 }), (date, months) => {
        const result = addMonths(date, months);
        expect(isCalendarDate(result)).toBe(true);
        const index = (text: string): number => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7));
        expect(index(result) - index(date)).toBe(months);
        if (result.slice(8) !== date.slice(8)) expect(addDays(result, 1).slice(8)).toBe('01');
      }),
    );
  });

  it('never lets a longer term end earlier', () => {
    fc.assert(
      fc.property(anyDate, fc.nat(600), fc.nat(600), (date, a, b) => {
        expect(addMonths(date, Math.min(a, b)) <= addMonths(date, Math.max(a, b))).toBe(true);
      }),
    );
  });

  it('counts days forth and back', () => {
    expect(addDays('2024-02-28', 2)).toBe('2024-03-01');
    fc.assert(
      fc.property(anyDate, fc.integer({ min: -40_000, max: 40_000 }), (date, days) => {
        expect(addDays(addDays(date, days), -days)).toBe(date);
      }),
    );
  });

  it('refuses to start from a day that does not exist', () => {
    expect(() => addMonths('2026-02-30', 1)).toThrow(invalid);
    expect(() => addDays('2026-2-3', 1)).toThrow(invalid);
  });
});

describe('the day in Viet Nam', () => {
  it('ends at 23:59:59.999 +07:00, whatever zone the machine is in (FR-65)', () => {
    expect(endOfDay('2026-02-28').toISOString()).toBe('2026-02-28T16:59:59.999Z');
    expect(startOfDay('2026-02-28').toISOString()).toBe('2026-02-27T17:00:00.000Z');
    expect(() => endOfDay('2026-02-29')).toThrow(invalid);
  });

  it('turns seven hours before that of UTC, and so does the year', () => {
    expect(vietnamDate(new Date('2026-12-31T16:59:59.999Z'))).toBe('2026-12-31');
    expect(vietnamDate(new Date('2026-12-31T17:00:00.000Z'))).toBe('2027-01-01');
    expect(vietnamYear(new Date('2026-12-31T16:59:59.999Z'))).toBe(2026);
    expect(vietnamYear(new Date('2026-12-31T17:00:00.000Z'))).toBe(2027);
  });

  it('contains every instant between its start and its end', () => {
    fc.assert(
      fc.property(anyDate, fc.nat(86_399_999), (date, ms) => {
        const start = startOfDay(date);
        expect(vietnamDate(new Date(start.getTime() + ms))).toBe(date);
        expect(endOfDay(date).getTime() - start.getTime()).toBe(86_399_999);
      }),
    );
  });
});

describe('a printed signing time (FR-44)', () => {
  const at = new Date('2026-03-05T09:29:22.987Z');

  it('carries the offset of Viet Nam', () => {
    expect(vietnamIso(at)).toBe('2026-03-05T16:29:22+07:00');
    expect(vietnamDotted(at)).toBe('05.03.2026 16:29:22 +07:00');
  });

  it('names the same second as the instant', () => {
    expect(new Date(vietnamIso(at)).getTime()).toBe(Math.floor(at.getTime() / 1000) * 1000);
  });
});
