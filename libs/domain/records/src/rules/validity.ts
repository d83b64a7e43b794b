import type { CalendarDate, ValidityRule } from '#domain/catalogue';
import { addMonths, DomainError } from '#kernel';

export interface Validity {
  readonly validFrom?: CalendarDate;
  /** Last day on which it is valid, through 23:59:59 Vietnam time (FR-65). */
  readonly validTo?: CalendarDate;
  readonly permanent: boolean;
}

/**
 * The validity a confirmed paper gets. What the official states goes first; a term that the law sets for the type is
 * counted from the issue date; nothing else is filled in (FR-29): an empty end stays empty, and permanent is only what was
 * said to be.
 * @param today the day of confirmation in Viet Nam
 * @throws DomainError `validity-inconsistent`
 */
export const settleValidity = (
  rule: ValidityRule,
  stated: { readonly issuedOn?: CalendarDate; readonly validTo?: CalendarDate; readonly permanent: boolean },
  today: CalendarDate,
): Validity => {
  const { issuedOn, permanent } = stated;
  if (permanent && stated.validTo !== undefined) throw inconsistent('PERMANENT_WITH_END');
  if (issuedOn !== undefined && issuedOn > today) throw inconsistent('ISSUED_IN_FUTURE');
  if (issuedOn !== undefined && stated.validTo !== undefined && stated.validTo < issuedOn) {
    throw inconsistent('ENDS_BEFORE_ISSUE');
  }
  const lawful =
    rule.rule === 'months' && !permanent && issuedOn !== undefined ? addMonths(issuedOn, rule.months) : undefined;
  return { validFrom: issuedOn, validTo: stated.validTo ?? lawful, permanent };
};

export type ValidityStatus = 'VALID' | 'EXPIRED' | 'NOT_YET_VALID' | 'UNKNOWN';

/**
 * EXPIRED of FR-61, computed. UNKNOWN: nobody said how long the paper is valid, and the law does not make the type
 * permanent.
 * @param on day in Viet Nam; both ends of the validity are included
 */
export const validityOn = (validity: Validity, rule: ValidityRule, on: CalendarDate): ValidityStatus => {
  if (validity.validFrom !== undefined && on < validity.validFrom) return 'NOT_YET_VALID';
  if (validity.validTo !== undefined) return on <= validity.validTo ? 'VALID' : 'EXPIRED';
  return validity.permanent || rule.rule === 'permanent' ? 'VALID' : 'UNKNOWN';
};

const inconsistent = (reason: string): DomainError => new DomainError('validity-inconsistent', { reason });
