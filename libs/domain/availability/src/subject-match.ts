import type { CalendarDate } from '#domain/catalogue';
import { type DocumentRecord, isOwning } from '#domain/records';
import { addMonths } from '#kernel';
import type { ReuseFacts } from './reuse-facts.js';

/** Until this birthday a child's papers are its parents' to use (FR-76). */
const guardianshipEndsAtMonths = 16 * 12;

/**
 * How a person is tied to a document. A parent of a child, and whoever the paper names as representative, may use it; a
 * spouse, a child, and the parent of a grown-up need the owner's consent.
 * @param groupId of the person asked about: equal for all owner records merged into one
 * @param foundByRelatedPerson whether the type lets related persons find it (FR-05)
 */
export const subjectMatch = (
  document: DocumentRecord,
  groupId: string,
  foundByRelatedPerson: boolean,
  on: CalendarDate,
): Pick<ReuseFacts, 'match' | 'consentNeeded'> => {
  const roles = document.owners.filter(({ owner }) => owner.groupId === groupId).map(({ role }) => role);
  if (roles.some(isOwning)) return { match: 'OWNER', consentNeeded: false };
  if (roles.length === 0 || !foundByRelatedPerson) return { match: 'NONE', consentNeeded: false };
  const ownersAreChildren = document.owners
    .filter(({ role }) => isOwning(role))
    .every(({ owner }) => owner.birthDate === undefined || addMonths(owner.birthDate, guardianshipEndsAtMonths) > on);
  const hasRight = roles.includes('representative') || (roles.includes('parent') && ownersAreChildren);
  return { match: 'RELATED', consentNeeded: !hasRight };
};
