import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify(argon2);

// OWASP Password Storage Cheat Sheet, second profile: 19 MiB, 2 passes, 1 lane; about 30 ms on one core.
const memoryKiB = 19_456;
const passes = 2;
const parallelism = 1;
const tagLength = 32;

const base64 = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '');

/** argon2id (RFC 9106) in the PHC string format, so that the parameters can be raised and old hashes still checked. */
export const hashPassword = async (password: string): Promise<string> => {
  const nonce = randomBytes(16);
  const tag = await derive('argon2id', {
    message: password.normalize('NFC'),
    nonce,
    parallelism,
    tagLength,
    memory: memoryKiB,
    passes,
  });
  return `$argon2id$v=19$m=${memoryKiB},t=${passes},p=${parallelism}$${base64(nonce)}$${base64(tag)}`;
};

/** @throws Error when the stored text is not an argon2id hash */
export const verifyPassword = async (password: string, stored: string): Promise<boolean> => {
  const found = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([^$]+)\$([^$]+)$/.exec(stored);
  if (!found) throw new Error('The stored password hash is not argon2id');
  const [, memory, time, lanes, nonce = '', expected = ''] = found;
  const tag = Buffer.from(expected, 'base64');
  const actual = await derive('argon2id', {
    message: password.normalize('NFC'),
    nonce: Buffer.from(nonce, 'base64'),
    parallelism: Number(lanes),
    tagLength: tag.length,
    memory: Number(memory),
    passes: Number(time),
  });
  return timingSafeEqual(actual, tag);
};
