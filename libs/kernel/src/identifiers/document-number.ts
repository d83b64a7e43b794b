import { DomainError } from '../domain-error.js';
import { nfc } from '../text/nfc.js';

const pattern = /^(?:số\s*[:.]?\s*)?(\d+[a-zđ]?)(?:\s*\/\s*([\p{L}\d][\p{L}\d.&/-]*))?$/iu;

/** Number and symbol of a document, `05` and `QĐ-UBND` in `Số: 05/QĐ-UBND` (Decree 30/2020 Appendix I, II.3). */
export interface DocumentNumber {
  /** As written, with its leading zero; a letter may follow (`12a`). */
  readonly number: string;
  /** Empty when the paper has a number only. */
  readonly symbol: string;
}

export const DocumentNumber = {
  /**
   * Accepts the word `Số` before it and spaces around the slash and hyphens, as scans read (FR-26).
   *
   * @throws DomainError `document-number-invalid`
   */
  parse(text: string): DocumentNumber {
    const given = nfc(text)
      .trim()
      .replace(/\s*-\s*/gu, '-');
    const match = pattern.exec(given);
    if (match?.[1] === undefined) throw new DomainError('document-number-invalid', { value: given });
    return { number: match[1], symbol: match[2] ?? '' };
  },

  /** `05/QĐ-UBND`: numbers below ten get a leading zero (Decree 30/2020 Appendix I). */
  format({ number, symbol }: { readonly number: string | number; readonly symbol: string }): string {
    const digits = String(number).padStart(2, '0');
    return symbol === '' ? digits : `${digits}/${symbol}`;
  },
};
