import { DomainError } from '../domain-error.js';
import { nfc } from '../text/nfc.js';
import { calendarDate, type CalendarDate } from './calendar-date.js';

// A place may stand before the words, as on the date line of an official letter.
const inWords = /^(?:.*,\s*)?ngày\s*(\d{1,2})\s*tháng\s*(\d{1,2})\s*năm\s*(\d{4})\.?$/iu;
const inDigits = /^(\d{1,2})\s*([/.-])\s*(\d{1,2})\s*\2\s*(\d{4})$/u;
const iso = /^(\d{4})-(\d{2})-(\d{2})$/u;

/**
 * Reads a date as Vietnamese papers print it: `ngày 05 tháng 3 năm 2020`, `05/03/2020` (also with `-` or `.`), or ISO
 * (FR-26). Day before month, always.
 *
 * @throws DomainError `date-invalid` for anything else and for days that do not exist, such as 31/02
 */
export const parseVietnameseDate = (text: string): CalendarDate => {
  const given = nfc(text).trim();
  const words = inWords.exec(given);
  if (words) return calendarDate(Number(words[3]), Number(words[2]), Number(words[1]));
  const digits = inDigits.exec(given);
  if (digits) return calendarDate(Number(digits[4]), Number(digits[3]), Number(digits[1]));
  const standard = iso.exec(given);
  if (standard) return calendarDate(Number(standard[1]), Number(standard[2]), Number(standard[3]));
  throw new DomainError('date-invalid', { value: given });
};
