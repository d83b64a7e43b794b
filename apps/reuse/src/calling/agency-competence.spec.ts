import { describe, expect, it } from '@jest/globals';
import type { Principal } from '#platform/auth';
import { mayActFor, requireCompetence } from './agency-competence.js';

const client = (agencyCode?: string): Principal => ({
  kind: 'client',
  id: 'c',
  name: 'c',
  roles: [],
  scopes: [],
  agencyCode,
});
const official = (agencyCode?: string): Principal => ({
  kind: 'account',
  id: 'a',
  name: 'a',
  roles: ['officer'],
  scopes: [],
  agencyCode,
});

describe('competence of an agency (FR-81)', () => {
  it.each([
    ['a system for its own agency', client('H27.05.12'), 'H27.05.12', true],
    ["a province's system for a ward of it", client('H27'), 'H27.05.12', true],
    ['a system for a sister agency', client('H27.05.12'), 'H27.06.03', false],
    ['a system for an agency whose code only begins alike', client('H27.05.1'), 'H27.05.12', false],
    ['a ward for its province', client('H27.05.12'), 'H27', false],
    ['an official for the own agency', official('H27.05.12'), 'H27.05.12', true],
    ['an official for an agency below', official('H27'), 'H27.05.12', false],
    ['a supervisor for an agency below', { ...official('H27'), roles: ['supervisor'] } as Principal, 'H27.05.12', true],
    [
      'a supervisor for a sister agency',
      { ...official('H27.06'), roles: ['supervisor'] } as Principal,
      'H27.05.12',
      false,
    ],
    ['someone without an agency', official(undefined), 'H27.05.12', false],
  ])('%s', (_, principal, agencyCode, may) => expect(mayActFor(principal, agencyCode)).toBe(may));

  it('needs one of the agencies that may decide, and an absent one is none', () => {
    expect(() => requireCompetence(official('H27.05.12'), undefined, 'H27.05.12')).not.toThrow();
    expect(() => requireCompetence(official(undefined), undefined)).toThrow(
      expect.objectContaining({ code: 'agency-not-competent' }),
    );
  });
});
