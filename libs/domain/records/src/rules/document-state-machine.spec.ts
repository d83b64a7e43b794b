import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DocumentState, SubmissionForm } from '../records.port.js';
import { assertTransition, canTransition, documentStates, liveStates } from './document-state-machine.js';

const forms: readonly SubmissionForm[] = [
  'ORIGINAL',
  'REGISTER_COPY',
  'CERTIFIED_COPY',
  'E_CERTIFIED_COPY',
  'E_PHOTO_COMPARED',
  'SELF_UPLOAD',
  'E_ORIGINAL',
];
const state = fc.constantFrom(...documentStates);
const form = fc.constantFrom(...forms);

// Tries the given states one after the other and keeps those that are allowed, as an impatient caller would.
const walk = (tries: readonly DocumentState[], submissionForm: SubmissionForm): DocumentState[] =>
  tries.reduce<DocumentState[]>(
    (path, to) => (canTransition(path.at(-1) ?? 'DRAFT', to, submissionForm) ? [...path, to] : path),
    ['DRAFT'],
  );

describe('the states of a document (FR-61)', () => {
  it('leads a scan from draft to active in five steps', () => {
    const path: DocumentState[] = ['QC_PASSED', 'SCAN_SIGNED', 'EXTRACTED', 'CONFIRMED', 'ACTIVE'];
    expect(walk(path, 'ORIGINAL')).toEqual(['DRAFT', ...path]);
  });

  it('spares what was made and signed here the steps of a scan', () => {
    expect(canTransition('DRAFT', 'EXTRACTED', 'E_ORIGINAL')).toBe(true);
    expect(canTransition('DRAFT', 'EXTRACTED', 'ORIGINAL')).toBe(false);
  });

  it.each(['SUSPENDED', 'SUPERSEDED', 'REVOKED', 'ANNULLED', 'INTEGRITY_FAILED'] as const)(
    'lets an active document become %s',
    (to) => expect(canTransition('ACTIVE', to, 'ORIGINAL')).toBe(true),
  );

  it('refuses an illegal step and names both states', () => {
    expect(() => assertTransition('REVOKED', 'ACTIVE', 'ORIGINAL')).toThrow(
      expect.objectContaining({ code: 'document-state-conflict', params: { state: 'REVOKED', to: 'ACTIVE' } }),
    );
  });

  it('never leads out of REVOKED or ANNULLED', () => {
    fc.assert(
      fc.property(fc.constantFrom<DocumentState>('REVOKED', 'ANNULLED'), state, form, (from, to, submissionForm) => {
        expect(canTransition(from, to, submissionForm)).toBe(false);
      }),
    );
  });

  it('reaches ACTIVE the first time only through confirmation, whatever is tried (FR-25)', () => {
    fc.assert(
      fc.property(fc.array(state, { maxLength: 60 }), form, (tries, submissionForm) => {
        const path = walk(tries, submissionForm);
        const first = path.indexOf('ACTIVE');
        if (first !== -1) expect(path[first - 1]).toBe('CONFIRMED');
      }),
      { numRuns: 2_000 },
    );
  });

  it('never brings a superseded document, or one with damaged bytes, back to life', () => {
    fc.assert(
      fc.property(fc.array(state, { maxLength: 60 }), form, (tries, submissionForm) => {
        const path = walk(tries, submissionForm);
        const ended = path.findIndex((s) => s === 'SUPERSEDED' || s === 'INTEGRITY_FAILED');
        if (ended !== -1) expect(path.slice(ended).some((s) => liveStates.includes(s))).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });

  it('never stays where it is: a repeated step is the caller to ignore, not a transition', () => {
    for (const submissionForm of forms) {
      for (const same of documentStates) expect(canTransition(same, same, submissionForm)).toBe(false);
    }
  });
});
