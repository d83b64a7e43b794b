import { type CalendarDate, dateParts } from './calendar-date.js';

// Asia/Ho_Chi_Minh has been UTC+7 without summer time since 13 June 1975, long before any instant handled here.
const offsetMs = 7 * 60 * 60 * 1000;

const local = (at: Date): string => new Date(at.getTime() + offsetMs).toISOString();

/** The calendar day in Viet Nam at an instant. */
export const vietnamDate = (at: Date): CalendarDate => local(at).slice(0, 10);

/** The calendar year in Viet Nam, for sequences that restart on 1 January (Decree 30/2020 Art. 15). */
export const vietnamYear = (at: Date): number => Number(local(at).slice(0, 4));

/** Signing time as printed: `2026-03-05T16:29:22+07:00` (ISO 8601, Decree 30/2020 Appendix I; FR-44). */
export const vietnamIso = (at: Date): string => `${local(at).slice(0, 19)}+07:00`;

/** The other mask in use for a printed signing time: `05.03.2026 16:29:22 +07:00` (FR-44). */
export const vietnamDotted = (at: Date): string => {
  const text = local(at);
  return `${text.slice(8, 10)}.${text.slice(5, 7)}.${text.slice(0, 4)} ${text.slice(11, 19)} +07:00`;
};

/** First instant of the day, 00:00:00.000 +07:00. @throws DomainError `date-invalid` */
export const startOfDay = (date: CalendarDate): Date => {
  dateParts(date);
  return new Date(`${date}T00:00:00.000+07:00`);
};

/** Last instant of the day, 23:59:59.999 +07:00: a document is valid through its last day (FR-65). @throws DomainError `date-invalid` */
export const endOfDay = (date: CalendarDate): Date => {
  dateParts(date);
  return new Date(`${date}T23:59:59.999+07:00`);
};
