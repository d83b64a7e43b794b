import { describe, expect, it } from '@jest/globals';
import type { OwnerIdentifier } from '../records.port.js';
import { normaliseIdentifier } from './owner-identifier.js';

describe('how an identifier is written (FR-03, FR-04)', () => {
  it.each<[OwnerIdentifier, OwnerIdentifier]>([
    [
      { kind: 'PERSON_PIN', value: ' 042 090 000 123' },
      { kind: 'PERSON_PIN', value: '042090000123' },
    ],
    [
      { kind: 'ORGANISATION_MST', value: '0314409058002' },
      { kind: 'ORGANISATION_MST', value: '0314409058-002' },
    ],
    [
      { kind: 'ORGANISATION_MST', value: '042090000123' },
      { kind: 'PERSON_PIN', value: '042090000123' },
    ],
    [
      { kind: 'FOREIGN_PASSPORT', value: 'b 1234567' },
      { kind: 'FOREIGN_PASSPORT', value: 'B1234567' },
    ],
    [
      { kind: 'PERSON_CMND9', value: '183 456 789' },
      { kind: 'PERSON_CMND9', value: '183456789' },
    ],
    [
      { kind: 'UNKNOWN', value: '' },
      { kind: 'UNKNOWN', value: '' },
    ],
  ])('%j becomes %j', (given, written) => expect(normaliseIdentifier(given)).toEqual(written));

  it.each<[OwnerIdentifier, string]>([
    [{ kind: 'PERSON_PIN', value: '04209000012' }, 'personal-id-invalid'],
    [{ kind: 'ORGANISATION_MST', value: '3000000038' }, 'business-code-invalid'],
    [{ kind: 'AGENCY_CODE', value: 'h27' }, 'agency-code-invalid'],
    [{ kind: 'PERSON_CMND9', value: '12345678' }, 'owner-identifier-invalid'],
    [{ kind: 'FOREIGN_PASSPORT', value: 'B-1' }, 'owner-identifier-invalid'],
    [{ kind: 'UNKNOWN', value: '042090000123' }, 'owner-identifier-invalid'],
  ])('refuses %j with %s', (given, code) => {
    expect(() => normaliseIdentifier(given)).toThrow(expect.objectContaining({ code }));
  });

  it('never puts the identifier into the error, which may be logged', () => {
    try {
      normaliseIdentifier({ kind: 'UNKNOWN', value: '042090000123' });
    } catch (error) {
      expect(JSON.stringify(error)).not.toContain('042090000123');
    }
    expect.assertions(1);
  });
});
