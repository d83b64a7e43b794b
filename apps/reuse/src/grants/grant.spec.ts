import { describe, expect, it } from '@jest/globals';
import { expiryOf, type Grant, grantedDocument, requireLive, requireReadsLeft, statusOf } from './grant.js';

const created = new Date('2026-11-23T03:00:00Z');
const days = (count: number) => new Date(created.getTime() + count * 86_400_000);
const open = { status: 'OPEN' } as const;

const grant = (changes: Partial<Grant> = {}): Grant => ({
  id: 'g',
  holder: { kind: 'client', id: 'mot-cua' },
  actor: { id: 'cb-0042', agencyCode: 'H27.05.12' },
  dossierId: 'd',
  dossierCode: 'H27.05.12-261123-0001',
  agencyCode: 'H27.05.12',
  procedureCode: '1.001193',
  purposeCode: 'TTHC_INTAKE',
  legalBasis: { code: 'STATE_DUTY' },
  bulk: false,
  ownerId: 'o',
  subjectKey: 'ab'.repeat(32),
  status: 'ACTIVE',
  maxReads: 2,
  reads: 0,
  createdAt: created,
  expiresAt: days(180),
  documents: [
    {
      documentId: 'doc-1',
      componentId: 'TP-01',
      versionId: 'v-1',
      versionNumber: 1,
      sha256: 'cd'.repeat(32),
      bytes: 10,
      decision: 'REUSABLE',
      reasons: [],
      state: 'ACTIVE',
    },
  ],
  ...changes,
});

describe('the life of a grant', () => {
  it.each([
    ['the cap when nothing is asked for', undefined, 180],
    ['what was asked for', 30, 30],
    ['never more than the cap', 400, 180],
  ])('is %s', (_, ttlDays, expected) => expect(expiryOf(created, ttlDays, 180)).toEqual(days(expected)));

  it('ends with its last moment', () => {
    expect(statusOf(grant(), new Date(days(180).getTime() - 1))).toBe('ACTIVE');
    expect(statusOf(grant(), days(180))).toBe('EXPIRED');
  });

  it.each(['RELEASED', 'REVOKED', 'DOSSIER_CLOSED'] as const)('stays %s, whatever the clock says', (status) => {
    expect(statusOf(grant({ status }), days(400))).toBe(status);
  });

  it.each([
    ['EXPIRED', {}, open, days(181), 'grant-expired'],
    ['RELEASED', { status: 'RELEASED' }, open, created, 'grant-expired'],
    ['DOSSIER_CLOSED', { status: 'DOSSIER_CLOSED' }, open, created, 'grant-expired'],
    ['DOSSIER_CLOSED', {}, { status: 'DECIDED' }, created, 'grant-expired'],
    ['DOSSIER_CLOSED', { reads: 2 }, { status: 'DECIDED' }, created, 'grant-expired'],
  ] as const)('says how it ended: %s', (status, changes, dossier, at, code) => {
    expect(() => requireLive(grant(changes), dossier, at)).toThrow(
      expect.objectContaining({ code, details: [{ code: `GRANT_${status}` }] }),
    );
  });

  it('is refused as revoked when it was', () => {
    expect(() => requireLive(grant({ status: 'REVOKED' }), open, created)).toThrow(
      expect.objectContaining({ code: 'grant-revoked' }),
    );
  });
});

describe('the reads of a grant', () => {
  it('may be used up to the last', () => {
    expect(() => requireReadsLeft(grant({ reads: 1 }), open, created)).not.toThrow();
    expect(() => requireReadsLeft(grant({ reads: 2 }), open, created)).toThrow(
      expect.objectContaining({ code: 'grant-reads-exhausted', params: { maxReads: 2 } }),
    );
  });

  it('when used up still let the documents be looked at again', () => {
    expect(() => requireLive(grant({ reads: 2 }), open, created)).not.toThrow();
  });
});

it('a grant covers its documents and no other', () => {
  expect(grantedDocument(grant(), 'doc-1').componentId).toBe('TP-01');
  expect(() => grantedDocument(grant(), 'doc-2')).toThrow(expect.objectContaining({ code: 'document-not-found' }));
});
