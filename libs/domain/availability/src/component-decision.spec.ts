import { describe, expect, it } from '@jest/globals';
import type { DocumentRecord, Owner, OwnerRole } from '#domain/records';
import type { Candidate, ReuseDecision } from './availability.port.js';
import { componentDecision, rankCandidates } from './component-decision.js';
import { subjectMatch } from './subject-match.js';

const owner = (id: string, birthDate?: string): Owner => ({
  id,
  groupId: id,
  kind: 'PERSON_PIN',
  name: id,
  subjectKey: id,
  maskedIdentifier: '',
  birthDate,
});

const document = (more: Partial<DocumentRecord>): DocumentRecord => {
  const version = {
    id: 'v',
    number: 1,
    sha256: '0'.repeat(64),
    bytes: 1,
    mediaType: 'application/pdf',
    pages: 1,
    signature: { verdict: 'VALID', checkedAt: new Date(0), signers: [] },
    createdAt: new Date(0),
  } as const;
  return {
    id: 'd',
    typeCode: 'A',
    name: '',
    state: 'ACTIVE',
    owners: [],
    submissionForm: 'ORIGINAL',
    kind: 'component',
    permanent: false,
    restricted: false,
    custodianAgencyCode: 'H27',
    fields: [],
    versions: [version],
    current: version,
    createdAt: new Date(0),
    ...more,
  };
};

const candidate = (typeCode: string, decision: ReuseDecision, more: Partial<Candidate> = {}): Candidate => ({
  document: document({ typeCode }),
  decision,
  reasons: [],
  assurance: 'SCAN_SIGNED',
  ...more,
});

describe('the decision for a component', () => {
  const anyOf = [['A'], ['B', 'C']];

  it.each<[string, readonly Candidate[], ReuseDecision]>([
    ['nothing on file', [], 'NOT_REUSABLE'],
    ['one paper that is enough', [candidate('A', 'REUSABLE')], 'REUSABLE'],
    [
      'the best of several',
      [candidate('A', 'NOT_REUSABLE'), candidate('A', 'REUSABLE_WITH_CHECK')],
      'REUSABLE_WITH_CHECK',
    ],
    ['half of two that belong together', [candidate('B', 'REUSABLE')], 'NOT_REUSABLE'],
    [
      'both, one to be checked',
      [candidate('B', 'REUSABLE'), candidate('C', 'REUSABLE_WITH_CHECK')],
      'REUSABLE_WITH_CHECK',
    ],
    [
      'the better alternative',
      [candidate('A', 'REUSABLE_WITH_CHECK'), candidate('B', 'REUSABLE'), candidate('C', 'REUSABLE')],
      'REUSABLE',
    ],
  ])('%s', (_, candidates, decision) => expect(componentDecision(anyOf, candidates)).toBe(decision));

  it('shows the best candidate first: decision, then assurance, then the last issued', () => {
    const byId = (id: string, decision: ReuseDecision, assurance: Candidate['assurance'], issuedOn?: string) =>
      candidate('A', decision, { document: document({ id, issuedOn }), assurance });
    const ranked = rankCandidates([
      byId('no', 'NOT_REUSABLE', 'ISSUED_SIGNED', '2026-01-01'),
      byId('old scan', 'REUSABLE', 'SCAN_SIGNED', '2020-01-01'),
      byId('self-upload', 'REUSABLE', 'SELF_UPLOADED', '2026-01-01'),
      byId('scan', 'REUSABLE', 'SCAN_SIGNED', '2024-01-01'),
      byId('issued', 'REUSABLE', 'ISSUED_SIGNED', '2019-01-01'),
    ]);
    expect(ranked.map((each) => each.document.id)).toEqual(['issued', 'scan', 'old scan', 'self-upload', 'no']);
  });
});

describe('how a person is tied to a document (FR-05, FR-76)', () => {
  const today = '2026-11-23';
  const paperOf = (child: Owner, role: OwnerRole): DocumentRecord =>
    document({
      owners: [
        { owner: child, role: 'owner' },
        { owner: owner('asking'), role },
      ],
    });
  const child = owner('child', '2019-06-05');
  const grownUp = owner('grown up', '2010-11-23');

  it.each<[string, DocumentRecord, boolean, object]>([
    ['as co-owner', paperOf(child, 'co-owner'), false, { match: 'OWNER', consentNeeded: false }],
    ['as parent of a child', paperOf(child, 'parent'), true, { match: 'RELATED', consentNeeded: false }],
    [
      'as parent of one who turns 16 today',
      paperOf(grownUp, 'parent'),
      true,
      { match: 'RELATED', consentNeeded: true },
    ],
    ['as representative', paperOf(grownUp, 'representative'), true, { match: 'RELATED', consentNeeded: false }],
    ['as spouse', paperOf(grownUp, 'spouse'), true, { match: 'RELATED', consentNeeded: true }],
    ['as parent, where the type is not for relatives', paperOf(child, 'parent'), false, { match: 'NONE' }],
    ['not at all', document({ owners: [{ owner: child, role: 'owner' }] }), true, { match: 'NONE' }],
  ])('%s', (_, paper, forRelatives, match) => {
    expect(subjectMatch(paper, 'asking', forRelatives, today)).toMatchObject(match);
  });
});
