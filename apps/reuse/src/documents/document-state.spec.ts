import { describe, expect, it } from '@jest/globals';
import type { DocumentRecord, DocumentState } from '#domain/records';
import { documentLabel } from '../citizen/document-label.js';
import { isShownToOwner } from '../citizen/own-documents.js';
import { presentedState } from './presented-state.js';
import { requireServable } from './require-servable.js';

const invalid: readonly DocumentState[] = ['SUSPENDED', 'SUPERSEDED', 'REVOKED', 'ANNULLED', 'INTEGRITY_FAILED'];

describe('the state readers see', () => {
  it('is EXPIRED from the day after the last valid one (FR-65)', () => {
    expect(presentedState({ state: 'ACTIVE', validTo: '2026-11-23' }, '2026-11-23')).toBe('ACTIVE');
    expect(presentedState({ state: 'ACTIVE', validTo: '2026-11-22' }, '2026-11-23')).toBe('EXPIRED');
  });

  it('stays REVOKED when the dates are over as well', () => {
    expect(presentedState({ state: 'REVOKED', validTo: '2020-01-01' }, '2026-11-23')).toBe('REVOKED');
  });
});

describe('what an owner sees', () => {
  it.each([...invalid, 'EXPIRED', 'CONFIRMED'] as const)('never calls a document valid that is %s (FR-63)', (state) => {
    expect(documentLabel(state).valid).toBe(false);
  });

  it('is a result only once it was returned (FR-34)', () => {
    const result = { kind: 'result', restricted: false, confirmedAt: new Date(0) } as const;
    expect(isShownToOwner(result)).toBe(false);
    expect(isShownToOwner({ ...result, returnedAt: new Date(0) })).toBe(true);
  });

  it('is nothing that is restricted, and nothing no official has confirmed', () => {
    expect(isShownToOwner({ kind: 'component', restricted: true, confirmedAt: new Date(0) })).toBe(false);
    expect(isShownToOwner({ kind: 'component', restricted: false })).toBe(false);
  });
});

describe('handing out bytes', () => {
  const inState = (state: DocumentState) => ({ state }) as DocumentRecord;

  it.each(['ACTIVE', 'SUPERSEDED'] as const)(
    'is possible while %s: a dossier shows what it relied on (FR-70)',
    (state) => {
      expect(() => requireServable(inState(state))).not.toThrow();
    },
  );

  it.each([
    ['REVOKED', 'document-revoked'],
    ['ANNULLED', 'document-revoked'],
    ['SUSPENDED', 'document-suspended'],
    ['INTEGRITY_FAILED', 'integrity-failed'],
    ['DRAFT', 'document-not-found'],
  ] as const)('is refused while %s: %s', (state, code) => {
    expect(() => requireServable(inState(state))).toThrow(expect.objectContaining({ code }));
  });
});
