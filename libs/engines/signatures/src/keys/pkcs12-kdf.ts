import { createHash } from 'node:crypto';

/** What the derived bytes are for: the `ID` byte of RFC 7292, appendix B.3. Only the MAC still needs this function. */
const MAC_PURPOSE = 3;

const repeatTo = (value: Buffer, block: number): Buffer => {
  if (value.length === 0) return value;
  const out = Buffer.alloc(Math.ceil(value.length / block) * block);
  for (let at = 0; at < out.length; at++) out[at] = value[at % value.length] ?? 0;
  return out;
};

const blockBytes = (hash: string): number => (hash === 'sha384' || hash === 'sha512' ? 128 : 64);

/**
 * Key of the integrity check of a PKCS#12 file (RFC 7292, appendix B.2). One round of output is enough, because the
 * key is as long as the hash.
 */
export const pkcs12MacKey = (hash: string, password: string, salt: Uint8Array, iterations: number): Buffer => {
  const block = blockBytes(hash);
  // The password as UTF-16BE with two zero bytes at the end (appendix B.1).
  const encoded = Buffer.from(`${password}\0`, 'utf16le').swap16();
  const purpose = Buffer.alloc(block, MAC_PURPOSE);
  const input = Buffer.concat([repeatTo(Buffer.from(salt), block), repeatTo(encoded, block)]);
  let key = createHash(hash).update(purpose).update(input).digest();
  for (let round = 1; round < iterations; round++) key = createHash(hash).update(key).digest();
  return key;
};
