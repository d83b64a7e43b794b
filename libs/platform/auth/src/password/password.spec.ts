import { describe, expect, it } from '@jest/globals';
import { DomainError } from '#kernel';
import { hashPassword, verifyPassword } from './password-hash.js';
import { requireStrongPassword } from './password-policy.js';
import { randomPassword } from './random-password.js';

describe('the password policy (FR-83)', () => {
  it.each(['Aa1!aaa', 'aaaaaaa1!', 'AAAAAAA1!', 'Aaaaaaaa!', 'Aaaaaaaa1', '', 'Aa1!'.padEnd(300, 'x')])(
    'refuses "%s"',
    (password) => {
      expect(() => requireStrongPassword(password)).toThrow(new DomainError('password-too-weak'));
    },
  );

  it.each(['Aa1!aaaa', 'Mật khẩu 1'])('accepts "%s"', (password) => {
    expect(() => requireStrongPassword(password)).not.toThrow();
  });

  it('is met by every generated password, and no two are equal', () => {
    const passwords = Array.from({ length: 200 }, randomPassword);
    passwords.forEach(requireStrongPassword);
    expect(new Set(passwords).size).toBe(200);
  });
});

describe('a stored password', () => {
  it('is an argon2id hash with its own salt', async () => {
    const [first, second] = await Promise.all([hashPassword('Aa1!aaaa'), hashPassword('Aa1!aaaa')]);
    expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(first).not.toBe(second);
  });

  it('opens with its password and no other, in either Unicode form', async () => {
    const hash = await hashPassword('Mật khẩu 1'.normalize('NFC'));
    expect(await verifyPassword('Mật khẩu 1'.normalize('NFD'), hash)).toBe(true);
    expect(await verifyPassword('Mật khẩu 2', hash)).toBe(false);
  });

  it('agrees with the reference implementation of argon2', async () => {
    // echo -n password | argon2 somesalt -id -t 2 -m 16 -p 1 -l 32 (phc-winner-argon2 test vector)
    const vector = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';
    expect(await verifyPassword('password', vector)).toBe(true);
  });
});
