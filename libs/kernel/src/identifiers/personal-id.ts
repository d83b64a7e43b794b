import type { CalendarDate } from '../calendar/calendar-date.js';
import { vietnamDate } from '../calendar/vietnam-time.js';
import { DomainError } from '../domain-error.js';
import { birthRegistrationProvinces } from './provinces.js';

export type Sex = 'male' | 'female';

/** A personal number that does not agree with what is otherwise known of the person (FR-02). */
export type PersonalIdMismatch = 'PIN_DOB_MISMATCH' | 'PIN_SEX_MISMATCH';

/**
 * Personal identification number: 3 digits of the place of birth registration, 1 of century and sex, 2 of the birth
 * year, 6 at random; no check digit (Decree 137/2015 Art. 13; Circular 59/2021/TT-BCA Art. 4). A single misread digit
 * therefore often yields another well-formed number: never trust one reading (FR-27).
 */
export class PersonalId {
  private constructor(
    readonly value: string,
    /** Place of birth registration, never the present province. */
    readonly provinceCode: string,
    /** False for the codes of foreign countries: a warning, not a fault (FR-01). */
    readonly provinceKnown: boolean,
    readonly provinceName: string | undefined,
    readonly sex: Sex,
    readonly birthYear: number,
  ) {}

  /**
   * @param text exactly 12 ASCII digits
   * @param today the day against which the birth year is judged
   * @throws DomainError `personal-id-invalid`, param `reason`: `LENGTH`, `NOT_DIGITS` or `BIRTH_YEAR_IN_FUTURE`
   */
  static parse(text: string, today: CalendarDate = vietnamDate(new Date())): PersonalId {
    if (text.length !== 12) throw invalid('LENGTH');
    if (!/^[0-9]{12}$/.test(text)) throw invalid('NOT_DIGITS');
    const provinceCode = text.slice(0, 3);
    const century = Number(text[3]);
    const birthYear = 1900 + Math.floor(century / 2) * 100 + Number(text.slice(4, 6));
    if (birthYear > Number(today.slice(0, 4))) throw invalid('BIRTH_YEAR_IN_FUTURE');
    const provinceName = birthRegistrationProvinces.get(provinceCode);
    return new PersonalId(
      text,
      provinceCode,
      provinceName !== undefined,
      provinceName,
      century % 2 === 0 ? 'male' : 'female',
      birthYear,
    );
  }

  /** What in the number disagrees with the person's data, as far as they are known (FR-02). */
  crossCheck(known: { readonly birthDate?: CalendarDate; readonly sex?: Sex }): PersonalIdMismatch[] {
    const mismatches: PersonalIdMismatch[] = [];
    if (known.birthDate !== undefined && Number(known.birthDate.slice(0, 4)) !== this.birthYear) {
      mismatches.push('PIN_DOB_MISMATCH');
    }
    if (known.sex !== undefined && known.sex !== this.sex) mismatches.push('PIN_SEX_MISMATCH');
    return mismatches;
  }
}

const invalid = (reason: 'LENGTH' | 'NOT_DIGITS' | 'BIRTH_YEAR_IN_FUTURE'): DomainError =>
  new DomainError('personal-id-invalid', { reason });
