import { DomainError } from '../domain-error.js';

const weights = [31, 29, 23, 19, 17, 13, 7, 5, 3];

export type BusinessCodeFault = 'FORMAT' | 'PERSONAL_ID' | 'SERIAL_ZERO' | 'CHECK_DIGIT' | 'BRANCH_ZERO';

/**
 * Enterprise code, the same number as the tax code (Decree 01/2021/NĐ-CP Art. 8): 2 digits of province, 7 of serial, a
 * check digit, and `-NNN` for a dependent unit.
 */
export class BusinessCode {
  private constructor(
    /** The ten digits of the enterprise. */
    readonly base: string,
    /** Three digits of the dependent unit, `001` to `999`. */
    readonly branch: string | undefined,
  ) {}

  /** Written form: `0314409058`, `0314409058-002`. */
  get value(): string {
    return this.branch === undefined ? this.base : `${this.base}-${this.branch}`;
  }

  /**
   * @param text with or without the hyphen and with any spaces
   * @throws DomainError `business-code-invalid`, param `reason`: a {@link BusinessCodeFault}; `PERSONAL_ID` when it is
   * twelve digits, the tax code of an individual or household since 1 July 2025 (FR-03), to be read as a personal number
   */
  static parse(text: string): BusinessCode {
    const compact = text.replace(/\s+/gu, '');
    if (/^[0-9]{12}$/.test(compact)) throw invalid('PERSONAL_ID');
    const match = /^([0-9]{10})(?:-?([0-9]{3}))?$/.exec(compact);
    const base = match?.[1];
    if (base === undefined) throw invalid('FORMAT');
    if (base.slice(2, 9) === '0000000') throw invalid('SERIAL_ZERO');
    if (businessCheckDigit(base.slice(0, 9)) !== Number(base[9])) throw invalid('CHECK_DIGIT');
    const branch = match?.[2];
    if (branch === '000') throw invalid('BRANCH_ZERO');
    return new BusinessCode(base, branch);
  }
}

/**
 * @param digits the first nine
 * @returns the tenth, or 10 when these nine digits have no valid code
 */
export const businessCheckDigit = (digits: string): number => {
  const sum = weights.reduce((total, weight, index) => total + weight * Number(digits[index]), 0);
  return 10 - (sum % 11);
};

const invalid = (reason: BusinessCodeFault): DomainError => new DomainError('business-code-invalid', { reason });
