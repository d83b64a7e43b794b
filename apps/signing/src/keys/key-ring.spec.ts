import { describe, expect, it } from '@jest/globals';
import { namesHolder } from './key-ring.js';

const holder = { kind: 'PERSON', id: 'account-1', name: 'Phạm Quốc Dũng' } as const;

describe('whose certificate it is (FR-38)', () => {
  it.each([
    ['the name as the account has it', { commonName: 'Phạm Quốc Dũng' }],
    ['the name in capitals, as certificates often have it', { commonName: 'PHẠM QUỐC DŨNG' }],
    ['the name with its accents written apart', { commonName: 'Phạm Quốc Dũng'.normalize('NFD') }],
    ['the name with spaces too many', { commonName: ' Phạm  Quốc Dũng ' }],
    ['another name, but the account’s own id', { commonName: 'P. Q. D.', userId: 'account-1' }],
  ])('is the holder’s: %s', (_, subject) => {
    expect(namesHolder(subject, holder)).toBe(true);
  });

  it.each([
    ['another name', { commonName: 'Phạm Quốc Dương' }],
    ['the name without its accents', { commonName: 'Pham Quoc Dung' }],
    ['more than the name', { commonName: 'Phạm Quốc Dũng 2' }],
    ['the id of another account', { commonName: 'Phạm Quốc Dương', userId: 'account-2' }],
    ['no name', {}],
  ])('is not the holder’s: %s', (_, subject) => {
    expect(namesHolder(subject, holder)).toBe(false);
  });
});
