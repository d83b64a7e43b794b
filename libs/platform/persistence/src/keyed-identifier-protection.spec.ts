import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { KeyedIdentifierProtection } from './keyed-identifier-protection.js';

const key = (name: string): Buffer => createHash('sha256').update(name).digest();
const protection = new KeyedIdentifierProtection({ index: key('index'), encryption: key('encryption') });
const number = '042090000123';

describe('protection of personal numbers (FR-82, FR-86)', () => {
  it('indexes equal numbers equally, by kind, and differently under another key', () => {
    const index = protection.blindIndex('PERSONAL_ID', number);
    expect(index).toMatch(/^[0-9a-f]{64}$/);
    expect(protection.blindIndex('PERSONAL_ID', number)).toBe(index);
    expect(protection.blindIndex('BUSINESS_CODE', number)).not.toBe(index);
    const other = new KeyedIdentifierProtection({ index: key('another'), encryption: key('encryption') });
    expect(other.blindIndex('PERSONAL_ID', number)).not.toBe(index);
  });

  it('keeps the index stable: rows on file are found by it', () => {
    // Computed independently: Python's hmac over `PERSONAL_ID:042090000123` with SHA-256 of `index` as key.
    expect(protection.blindIndex('PERSONAL_ID', number)).toBe(
      'e7e84e205b1072141ecf6003ca4b13ee1b137f6952a5380219fcc936bb1c7252',
    );
  });

  it('encrypts so that it can be read again, and never twice the same', () => {
    const first = protection.encrypt(number);
    const second = protection.encrypt(number);
    expect(first.equals(second)).toBe(false);
    expect(first).toHaveLength(12 + number.length + 16);
    expect([protection.decrypt(first), protection.decrypt(second)]).toEqual([number, number]);
  });

  it.each([0, 14, -1])('does not decrypt what was altered (byte %i)', (at) => {
    const altered = protection.encrypt(number);
    const position = at < 0 ? altered.length + at : at;
    altered[position] = (altered[position] ?? 0) ^ 1;
    expect(() => protection.decrypt(altered)).toThrow(expect.objectContaining({ code: 'internal-error' }));
  });

  it('does not decrypt under another key, nor what is too short', () => {
    const other = new KeyedIdentifierProtection({ index: key('index'), encryption: key('another') });
    expect(() => other.decrypt(protection.encrypt(number))).toThrow(
      expect.objectContaining({ code: 'internal-error' }),
    );
    expect(() => protection.decrypt(Buffer.alloc(10))).toThrow(expect.objectContaining({ code: 'internal-error' }));
  });

  it('refuses keys that are not 32 bytes', () => {
    expect(() => new KeyedIdentifierProtection({ index: Buffer.alloc(16), encryption: key('e') })).toThrow(
      'must be 32 bytes',
    );
  });
});
