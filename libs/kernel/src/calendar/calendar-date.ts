import { DomainError } from '../domain-error.js';

/** A calendar date in Viet Nam, `YYYY-MM-DD`. Compares as text. */
export type CalendarDate = string;

const shape = /^(\d{4})-(\d{2})-(\d{2})$/;

export const daysInMonth = (year: number, month: number): number => {
  // Day 0 of the next month; setUTCFullYear, because Date.UTC reads the years 0 to 99 as 1900 to 1999.
  const lastDay = new Date(0);
  lastDay.setUTCFullYear(year, month, 0);
  return lastDay.getUTCDate();
};

/** True for a date that exists: `2024-02-29` yes, `2023-02-29` no. */
export const isCalendarDate = (text: string): boolean => {
  const match = shape.exec(text);
  if (!match) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
};

/**
 * @param month 1 to 12
 * @throws DomainError `date-invalid` when there is no such day
 */
export const calendarDate = (year: number, month: number, day: number): CalendarDate => {
  const date = `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
  if (!isCalendarDate(date)) throw new DomainError('date-invalid', { value: date });
  return date;
};

/** @throws DomainError `date-invalid` */
export const dateParts = (date: CalendarDate): { year: number; month: number; day: number } => {
  if (!isCalendarDate(date)) throw new DomainError('date-invalid', { value: date });
  return { year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)), day: Number(date.slice(8, 10)) };
};

const pad = (value: number, width: number): string => String(value).padStart(width, '0');
