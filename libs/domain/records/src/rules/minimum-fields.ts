import type { CalendarDate } from '#domain/catalogue';
import { DocumentNumber, DomainError, isCalendarDate, nfc } from '#kernel';
import type { FieldValue } from '../records.port.js';

/** What the repository itself needs to know of a paper, out of its confirmed fields (Circular 01/2023 Art. 9). */
export interface MinimumFields {
  readonly name?: string;
  readonly number?: string;
  readonly symbol?: string;
  readonly issuedOn?: CalendarDate;
  readonly issuingAgencyName?: string;
  readonly scope?: string;
  readonly validTo?: CalendarDate;
}

/**
 * Blank values count as absent. A number that has not the form of Decree 30/2020, such as the serial `BK 123456` of a
 * land-use certificate, is kept whole, without a symbol.
 * @throws DomainError `date-invalid` for an issue date or end of validity that is not `YYYY-MM-DD`
 */
export const readMinimumFields = (fields: readonly FieldValue[]): MinimumFields => {
  const text = (key: string): string | undefined => {
    const value = nfc(fields.find((field) => field.key === key)?.value ?? '').trim();
    return value === '' ? undefined : value;
  };
  const date = (key: string): CalendarDate | undefined => {
    const value = text(key);
    if (value !== undefined && !isCalendarDate(value)) throw new DomainError('date-invalid', { value });
    return value;
  };
  return {
    name: text('tenGiayTo'),
    ...readNumber(text('soKyHieu')),
    issuedOn: date('ngayCap'),
    issuingAgencyName: text('coQuanCap'),
    scope: text('phamVi'),
    validTo: date('coGiaTriDen'),
  };
};

const readNumber = (text: string | undefined): { readonly number?: string; readonly symbol?: string } => {
  if (text === undefined) return {};
  try {
    return DocumentNumber.parse(text);
  } catch (error) {
    if (error instanceof DomainError && error.code === 'document-number-invalid') return { number: text, symbol: '' };
    throw error;
  }
};

/**
 * Which change a certificate of a registration is: 3 for `3`, `Lần thứ 3` or `đăng ký thay đổi lần thứ: 3`, 0 for a first
 * registration.
 */
export const changeNumberOf = (fields: readonly FieldValue[]): number =>
  Number(/\d{1,4}/.exec(fields.find((field) => field.key === 'lanThayDoi')?.value ?? '')?.[0] ?? 0);
