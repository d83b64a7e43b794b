import { describe, expect, it } from '@jest/globals';
import type { Candidate, ComponentAvailability } from '#domain/availability';
import { toAvailabilityAnswer } from './availability.mapper.js';

const document: Candidate['document'] = {
  id: 'doc-1',
  typeCode: 'KQ.G15.000031',
  name: 'Giấy khai sinh',
  state: 'ACTIVE',
  code: '042090000123.KQ.G15.000031.05/KS.01',
  owners: [],
  submissionForm: 'ORIGINAL',
  kind: 'result',
  issuedOn: '2024-03-01',
  permanent: true,
  restricted: false,
  custodianAgencyCode: 'H27.05.12',
  fields: [],
  versions: [],
  current: {
    id: 'v-1',
    number: 1,
    sha256: 'ab'.repeat(32),
    bytes: 183204,
    mediaType: 'application/pdf',
    pages: 1,
    signature: { verdict: 'VALID', checkedAt: new Date(0), signers: [] },
    createdAt: new Date(0),
  },
  replaces: 'doc-0',
  createdAt: new Date(0),
};

const component = (
  componentId: string,
  decision: ComponentAvailability['decision'],
  candidates: Candidate[],
): ComponentAvailability => ({
  componentId,
  name: componentId,
  mandatory: true,
  decision,
  candidates,
});

const answer = {
  evaluatedAt: new Date('2026-11-23T03:00:00Z'),
  components: [
    component('TP-01', 'REUSABLE', [{ document, decision: 'REUSABLE', reasons: [], assurance: 'SCAN_SIGNED' }]),
    component('TP-02', 'REUSABLE_WITH_CHECK', [
      { document, decision: 'REUSABLE_WITH_CHECK', reasons: ['VALIDITY_UNKNOWN'], assurance: 'SCAN_SIGNED' },
    ]),
    component('TP-03', 'NOT_REUSABLE', []),
  ],
  refOf: (documentId: string, componentId: string) => `dr_${documentId}_${componentId}`,
  sourceStatus: [{ source: 'local', status: 'OK' } as const],
};

describe('the answer to an availability question (FR-68)', () => {
  it('counts components by their decision', () => {
    expect(toAvailabilityAnswer(answer, 'r', false).summary).toEqual({
      required: 3,
      reusable: 1,
      withCheck: 1,
      missing: 1,
    });
  });

  it('gives metadata and a reference: no id, no code, no hash before a grant exists', () => {
    const text = JSON.stringify(toAvailabilityAnswer(answer, 'r', true));
    expect(text).not.toContain('"doc-1"');
    expect(text).not.toContain('042090000123');
    expect(text).not.toContain('abab');
    expect(text).toContain('dr_doc-1_TP-01');
  });

  it('names the paper only to those who may read titles', () => {
    expect(toAvailabilityAnswer(answer, 'r', false).components[0]?.candidates[0]).not.toHaveProperty('name');
    expect(toAvailabilityAnswer(answer, 'r', true).components[0]?.candidates[0]).toHaveProperty(
      'name',
      'Giấy khai sinh',
    );
  });

  it('says which document a candidate took the place of, and null for a validity nobody stated (FR-29)', () => {
    expect(toAvailabilityAnswer(answer, 'r', false).components[0]?.candidates[0]).toMatchObject({
      replaces: 'doc-0',
      validTo: null,
    });
  });
});
