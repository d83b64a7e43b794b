import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DocumentState } from '#domain/records';
import type { ReuseDecision, ReuseReason } from './availability.port.js';
import { judgeReuse, reuseConditions } from './judge-reuse.js';
import type { ReuseFacts } from './reuse-facts.js';

const sound: ReuseFacts = {
  match: 'OWNER',
  consentNeeded: false,
  consentGiven: false,
  typeAccepted: true,
  state: 'ACTIVE',
  outranked: false,
  validity: 'VALID',
  scope: 'COVERS',
  signature: 'VALID',
  signedByAgency: true,
  agencySignatureRequired: true,
  submissionForm: 'E_ORIGINAL',
  selfUploadAccepted: false,
  awaitsReturn: false,
  restricted: false,
  sourceDossier: 'RETURNED',
  age: 'ACCEPTABLE',
  mayHaveChanged: false,
};
const scan: Partial<ReuseFacts> = { submissionForm: 'ORIGINAL', signedByAgency: false, agencySignatureRequired: false };
const selfUpload: Partial<ReuseFacts> = { ...scan, submissionForm: 'SELF_UPLOAD', selfUploadAccepted: true };

/** The decision table of the design, line by line: what is out of order, what is decided, and why. */
const table: readonly [string, Partial<ReuseFacts>, ReuseDecision, readonly ReuseReason[]][] = [
  ['nothing', {}, 'REUSABLE', []],
  ['nothing, a scan', scan, 'REUSABLE', []],
  ['nothing, a parent asks', { match: 'RELATED' }, 'REUSABLE', []],
  ['nothing, its dossier is still open', { sourceDossier: 'OPEN' }, 'REUSABLE', []],
  ['consent needed and given', { match: 'RELATED', consentNeeded: true, consentGiven: true }, 'REUSABLE', []],

  ['another owner', { match: 'NONE' }, 'NOT_REUSABLE', ['OWNER_MISMATCH']],
  ['another type', { typeAccepted: false }, 'NOT_REUSABLE', ['TYPE_NOT_ACCEPTED']],
  ['a draft', { state: 'DRAFT' }, 'NOT_REUSABLE', ['NOT_CONFIRMED']],
  ['not signed yet', { state: 'QC_PASSED' }, 'NOT_REUSABLE', ['NOT_CONFIRMED']],
  ['not read yet', { state: 'SCAN_SIGNED' }, 'NOT_REUSABLE', ['NOT_CONFIRMED']],
  ['read, not confirmed', { state: 'EXTRACTED' }, 'NOT_REUSABLE', ['NOT_CONFIRMED']],
  ['confirmed, not active', { state: 'CONFIRMED' }, 'NOT_REUSABLE', ['NOT_CONFIRMED']],
  ['revoked', { state: 'REVOKED' }, 'NOT_REUSABLE', ['REVOKED']],
  ['annulled', { state: 'ANNULLED' }, 'NOT_REUSABLE', ['REVOKED']],
  ['suspended', { state: 'SUSPENDED' }, 'NOT_REUSABLE', ['SUSPENDED']],
  ['superseded', { state: 'SUPERSEDED' }, 'NOT_REUSABLE', ['SUPERSEDED']],
  ['a newer one beside it', { outranked: true }, 'NOT_REUSABLE', ['SUPERSEDED']],
  ['damaged bytes', { state: 'INTEGRITY_FAILED' }, 'NOT_REUSABLE', ['HASH_MISMATCH']],
  ['expired', { validity: 'EXPIRED' }, 'NOT_REUSABLE', ['EXPIRED']],
  ['valid from tomorrow', { validity: 'NOT_YET_VALID' }, 'NOT_REUSABLE', ['NOT_YET_VALID']],
  ['older than the component accepts', { age: 'TOO_OLD' }, 'NOT_REUSABLE', ['TOO_OLD']],
  ['valid elsewhere', { scope: 'DOES_NOT_COVER' }, 'NOT_REUSABLE', ['OUT_OF_SCOPE']],
  ['a broken signature', { signature: 'INVALID' }, 'NOT_REUSABLE', ['SIGNATURE_INVALID']],
  [
    'a broken signature, self-upload',
    { ...selfUpload, signature: 'INVALID' },
    'NOT_REUSABLE',
    ['SIGNATURE_INVALID', 'SELF_UPLOADED_UNVERIFIED'],
  ],
  ['no signature', { ...scan, signature: 'UNSIGNED' }, 'NOT_REUSABLE', ['SIGNATURE_MISSING']],
  ['an e-original without its agency', { signedByAgency: false }, 'NOT_REUSABLE', ['SIGNATURE_MISSING']],
  [
    'an e-copy without its agency',
    { submissionForm: 'E_CERTIFIED_COPY', signedByAgency: false },
    'NOT_REUSABLE',
    ['SIGNATURE_MISSING'],
  ],
  [
    'a self-upload where none is accepted',
    { ...selfUpload, selfUploadAccepted: false },
    'NOT_REUSABLE',
    ['SELF_UPLOADED_UNVERIFIED'],
  ],
  ['not returned yet', { awaitsReturn: true }, 'NOT_REUSABLE', ['NOT_YET_RETURNED']],
  ['restricted', { restricted: true }, 'NOT_REUSABLE', ['SECRET_OR_RESTRICTED']],
  ['consent needed', { match: 'RELATED', consentNeeded: true }, 'NOT_REUSABLE', ['NEEDS_CONSENT']],

  ['a self-upload', selfUpload, 'REUSABLE_WITH_CHECK', ['SELF_UPLOADED_UNVERIFIED']],
  [
    'a self-upload without signature',
    { ...selfUpload, signature: 'UNSIGNED' },
    'REUSABLE_WITH_CHECK',
    ['SELF_UPLOADED_UNVERIFIED'],
  ],
  ['from a rejected dossier', { sourceDossier: 'REJECTED' }, 'REUSABLE_WITH_CHECK', ['SOURCE_DOSSIER_NOT_ACCEPTED']],
  ['from a withdrawn dossier', { sourceDossier: 'WITHDRAWN' }, 'REUSABLE_WITH_CHECK', ['SOURCE_DOSSIER_NOT_ACCEPTED']],
  ['a weak algorithm (FR-57)', { signature: 'WEAK_ALGORITHM' }, 'REUSABLE_WITH_CHECK', ['WEAK_ALGORITHM']],
  [
    'a signature nobody could settle',
    { signature: 'INDETERMINATE' },
    'REUSABLE_WITH_CHECK',
    ['SIGNATURE_INDETERMINATE'],
  ],
  [
    'a scan where an agency must sign',
    { ...scan, agencySignatureRequired: true },
    'REUSABLE_WITH_CHECK',
    ['SIGNATURE_MISSING'],
  ],
  ['no validity stated', { validity: 'UNKNOWN' }, 'REUSABLE_WITH_CHECK', ['VALIDITY_UNKNOWN']],
  ['an age limit, but no issue date', { age: 'UNKNOWN' }, 'REUSABLE_WITH_CHECK', ['VALIDITY_UNKNOWN']],
  ['an old scan of a changes page', { mayHaveChanged: true }, 'REUSABLE_WITH_CHECK', ['TOO_OLD']],
  ['a scope in words', { scope: 'UNSETTLED' }, 'REUSABLE_WITH_CHECK', ['OUT_OF_SCOPE']],

  [
    'revoked and self-uploaded',
    { ...selfUpload, state: 'REVOKED' },
    'NOT_REUSABLE',
    ['REVOKED', 'SELF_UPLOADED_UNVERIFIED'],
  ],
  ['too old and perhaps changed', { age: 'TOO_OLD', mayHaveChanged: true }, 'NOT_REUSABLE', ['TOO_OLD']],
];

const anyFacts: fc.Arbitrary<ReuseFacts> = fc.record({
  match: fc.constantFrom('OWNER', 'RELATED', 'NONE'),
  consentNeeded: fc.boolean(),
  consentGiven: fc.boolean(),
  typeAccepted: fc.boolean(),
  state: fc.constantFrom<DocumentState[]>(
    'DRAFT',
    'QC_PASSED',
    'SCAN_SIGNED',
    'EXTRACTED',
    'CONFIRMED',
    'ACTIVE',
    'SUSPENDED',
    'SUPERSEDED',
    'REVOKED',
    'ANNULLED',
    'INTEGRITY_FAILED',
  ),
  outranked: fc.boolean(),
  validity: fc.constantFrom('VALID', 'EXPIRED', 'NOT_YET_VALID', 'UNKNOWN'),
  scope: fc.constantFrom('COVERS', 'DOES_NOT_COVER', 'UNSETTLED'),
  signature: fc.constantFrom('VALID', 'INVALID', 'INDETERMINATE', 'WEAK_ALGORITHM', 'UNSIGNED'),
  signedByAgency: fc.boolean(),
  agencySignatureRequired: fc.boolean(),
  submissionForm: fc.constantFrom(
    'ORIGINAL',
    'REGISTER_COPY',
    'CERTIFIED_COPY',
    'E_CERTIFIED_COPY',
    'E_PHOTO_COMPARED',
    'SELF_UPLOAD',
    'E_ORIGINAL',
  ),
  selfUploadAccepted: fc.boolean(),
  awaitsReturn: fc.boolean(),
  restricted: fc.boolean(),
  sourceDossier: fc.constantFrom(undefined, 'OPEN', 'DECIDED', 'RETURNED', 'REJECTED', 'WITHDRAWN'),
  age: fc.constantFrom('ACCEPTABLE', 'TOO_OLD', 'UNKNOWN'),
  mayHaveChanged: fc.boolean(),
});

// Most random facts fail in ten ways at once; these fail in at most two, which is where a missing row would show.
const nearlySound = fc
  .tuple(
    anyFacts,
    fc.subarray(Object.keys(sound) as (keyof ReuseFacts)[], { maxLength: 2 }),
    fc.constantFrom({}, scan, selfUpload),
  )
  .map(([facts, changed, form]): ReuseFacts => ({
    ...sound,
    ...form,
    ...Object.fromEntries(changed.map((key) => [key, facts[key]])),
  }));

describe('the reuse decision (FR-68, FR-69)', () => {
  it.each(table)('%s', (_, change, decision, reasons) => {
    expect(judgeReuse({ ...sound, ...change })).toEqual({ decision, reasons });
  });

  it('has a line in this specification for every condition', () => {
    for (const condition of reuseConditions) {
      const shown = table.some(([, change]) => {
        const failing = reuseConditions.filter(({ fails }) => fails({ ...sound, ...change }));
        return failing.includes(condition) && failing.every(({ reason }) => reason === condition.reason);
      });
      expect([condition.reason, condition.severity, shown]).toEqual([condition.reason, condition.severity, true]);
    }
  });

  it('in 10,000 random cases never calls a superseded, revoked or expired document reusable (FR-89)', () => {
    fc.assert(
      fc.property(fc.oneof(anyFacts, nearlySound), (facts) => {
        const gone =
          facts.state !== 'ACTIVE' ||
          facts.outranked ||
          facts.validity === 'EXPIRED' ||
          facts.validity === 'NOT_YET_VALID';
        if (gone) expect(judgeReuse(facts).decision).toBe('NOT_REUSABLE');
      }),
      { numRuns: 10_000 },
    );
  });

  it('calls reusable exactly what fulfils every condition the law sets, written here once more', () => {
    fc.assert(
      fc.property(fc.oneof(anyFacts, nearlySound), (facts) => {
        const fulfilled =
          facts.match !== 'NONE' &&
          facts.typeAccepted &&
          facts.state === 'ACTIVE' &&
          !facts.outranked &&
          facts.validity === 'VALID' &&
          facts.scope === 'COVERS' &&
          facts.signature === 'VALID' &&
          (facts.signedByAgency || !facts.agencySignatureRequired) &&
          facts.submissionForm !== 'SELF_UPLOAD' &&
          !facts.awaitsReturn &&
          !facts.restricted &&
          (facts.consentGiven || !facts.consentNeeded) &&
          facts.sourceDossier !== 'REJECTED' &&
          facts.sourceDossier !== 'WITHDRAWN' &&
          facts.age === 'ACCEPTABLE' &&
          !facts.mayHaveChanged;
        expect(judgeReuse(facts).decision === 'REUSABLE').toBe(fulfilled);
      }),
      { numRuns: 10_000 },
    );
  });

  it('gives a reason for everything but REUSABLE, each once', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const { decision, reasons } = judgeReuse(facts);
        expect(reasons.length === 0).toBe(decision === 'REUSABLE');
        expect(new Set(reasons).size).toBe(reasons.length);
      }),
    );
  });
});
