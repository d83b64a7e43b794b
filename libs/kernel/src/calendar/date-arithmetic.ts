import { calendarDate, type CalendarDate, dateParts, daysInMonth } from './calendar-date.js';

/**
 * The same day `months` later (earlier when negative), or the last day of that month when it has no such day:
 * six months from 31 August end on 28 or 29 February (FR-65; Civil Code 2015 Art. 147-148 count terms this way).
 *
 * @throws DomainError `date-invalid`
 */
export const addMonths = (date: CalendarDate, months: number): CalendarDate => {
  const { year, month, day } = dateParts(date);
  const index = year * 12 + (month - 1) + months;
  const targetYear = Math.floor(index / 12);
  const targetMonth = index - targetYear * 12 + 1;
  return calendarDate(targetYear, targetMonth, Math.min(day, daysInMonth(targetYear, targetMonth)));
};

/** @throws DomainError `date-invalid` */
export const addDays = (date: CalendarDate, days: number): CalendarDate => {
  const { year, month, day } = dateParts(date);
  const moved = new Date(0);
  moved.setUTCFullYear(year, month - 1, day + days);
  return calendarDate(moved.getUTCFullYear(), moved.getUTCMonth() + 1, moved.getUTCDate());
};
