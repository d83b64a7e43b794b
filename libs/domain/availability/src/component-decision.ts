import type { Candidate, ReuseDecision } from './availability.port.js';

const byRank: readonly ReuseDecision[] = ['NOT_REUSABLE', 'REUSABLE_WITH_CHECK', 'REUSABLE'];
const decisionRank = (decision: ReuseDecision): number => byRank.indexOf(decision);

const assuranceRank: Readonly<Record<Candidate['assurance'], number>> = {
  SELF_UPLOADED: 0,
  SCAN_SIGNED: 1,
  ISSUED_SIGNED: 2,
};

/** Best first: by decision, then by who vouches for it, then the one issued last, then the one on file last. */
export const rankCandidates = (candidates: readonly Candidate[]): readonly Candidate[] =>
  candidates.toSorted(
    (a, b) =>
      decisionRank(b.decision) - decisionRank(a.decision) ||
      assuranceRank[b.assurance] - assuranceRank[a.assurance] ||
      (b.document.issuedOn ?? '').localeCompare(a.document.issuedOn ?? '') ||
      b.document.createdAt.getTime() - a.document.createdAt.getTime(),
  );

/**
 * The decision for a component: of the alternatives the best, of the papers an alternative needs together the worst.
 * @param anyOf alternatives of sets of type codes, as the component has them
 */
export const componentDecision = (
  anyOf: readonly (readonly string[])[],
  candidates: readonly Candidate[],
): ReuseDecision => {
  const bestOfType = (typeCode: string): number =>
    Math.max(0, ...candidates.filter((c) => c.document.typeCode === typeCode).map((c) => decisionRank(c.decision)));
  const best = Math.max(0, ...anyOf.map((types) => Math.min(...types.map(bestOfType))));
  return byRank[best] ?? 'NOT_REUSABLE';
};
