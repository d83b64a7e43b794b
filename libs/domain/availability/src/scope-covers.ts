import type { Agency } from '#domain/catalogue';
import { nameKey } from '#domain/records';
import type { ReuseFacts } from './reuse-facts.js';

const everywhere: ReadonlySet<string> = new Set(['toàn quốc', 'trên toàn quốc', 'cả nước', 'trong cả nước']);

/**
 * Whether a document's scope reaches the agency that asks. A scope that names an agency, by code or name, covers it and all
 * below it; other words are for an official to weigh.
 * @param scope as on the paper; absent means unlimited
 * @param agencies those in force on the day in question
 * @param askedBy code of the asking agency, when it is known
 */
export const scopeCovers = (
  scope: string | undefined,
  agencies: readonly Agency[],
  askedBy: string | undefined,
): ReuseFacts['scope'] => {
  if (scope === undefined || everywhere.has(nameKey(scope))) return 'COVERS';
  const named = agencies.find((agency) => agency.code === scope.trim() || nameKey(agency.name) === nameKey(scope));
  if (named === undefined || askedBy === undefined) return 'UNSETTLED';
  const byCode = new Map(agencies.map((agency) => [agency.code, agency]));
  const seen = new Set<string>();
  for (let at = byCode.get(askedBy); at && !seen.has(at.code); at = byCode.get(at.parentCode ?? '')) {
    if (at.code === named.code) return 'COVERS';
    seen.add(at.code);
  }
  return 'DOES_NOT_COVER';
};
