import { AgencyCode, BusinessCode, DomainError, PersonalId } from '#kernel';
import type { OwnerIdentifier } from '../records.port.js';

const shapes = { PERSON_CMND9: /^\d{9}$/, FOREIGN_PASSPORT: /^[A-Z0-9]{5,20}$/ } as const;

/**
 * The one way an identifier is written, so that equal identifiers have equal blind indexes. A 12-digit business code is the
 * personal number of the person in business (FR-03).
 * @throws DomainError `personal-id-invalid`, `business-code-invalid`, `agency-code-invalid`, `owner-identifier-invalid`
 */
export const normaliseIdentifier = ({ kind, value }: OwnerIdentifier): OwnerIdentifier => {
  const compact = value.replace(/\s+/gu, '');
  switch (kind) {
    case 'PERSON_PIN':
      return { kind, value: PersonalId.parse(compact).value };
    case 'ORGANISATION_MST':
      return /^[0-9]{12}$/.test(compact)
        ? { kind: 'PERSON_PIN', value: PersonalId.parse(compact).value }
        : { kind, value: BusinessCode.parse(compact).value };
    case 'AGENCY_CODE':
      return { kind, value: AgencyCode.parse(compact).value };
    case 'PERSON_CMND9':
    case 'FOREIGN_PASSPORT': {
      const written = compact.toUpperCase();
      if (!shapes[kind].test(written)) throw new DomainError('owner-identifier-invalid', { kind });
      return { kind, value: written };
    }
    case 'UNKNOWN':
      if (compact !== '') throw new DomainError('owner-identifier-invalid', { kind });
      return { kind, value: '' };
  }
};
