import { DomainError } from '#kernel';
import type { Principal } from '#platform/auth';

/**
 * Agency codes nest (Decision 20/2020): a province's shared system, `H27`, serves `H27.05.12`, and its supervisor stands
 * over it; any other official acts for one agency.
 */
export const mayActFor = (principal: Principal, agencyCode: string): boolean => {
  const reachesDown = principal.kind === 'client' || principal.roles.includes('supervisor');
  return (
    principal.agencyCode !== undefined &&
    (principal.agencyCode === agencyCode || (reachesDown && agencyCode.startsWith(`${principal.agencyCode}.`)))
  );
};

/** @throws DomainError `agency-not-competent` unless the caller may act for one of the agencies */
export const requireCompetence = (principal: Principal, ...agencyCodes: readonly (string | undefined)[]): void => {
  if (!agencyCodes.some((code) => code !== undefined && mayActFor(principal, code))) {
    throw new DomainError('agency-not-competent');
  }
};
