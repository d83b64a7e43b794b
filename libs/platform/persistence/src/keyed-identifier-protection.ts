import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { DomainError } from '#kernel';
import { IdentifierProtection } from './identifier-protection.port.js';

const nonceBytes = 12;
const tagBytes = 16;

/** Two keys of 32 bytes each, from the settings; losing the encryption key loses the numbers. */
export interface IdentifierKeys {
  readonly index: Uint8Array;
  readonly encryption: Uint8Array;
}

/** HMAC-SHA-256 blind index and AES-256-GCM with a random nonce (NIST SP 800-38D s. 8.2.2). */
export class KeyedIdentifierProtection extends IdentifierProtection {
  constructor(private readonly keys: IdentifierKeys) {
    super();
    for (const [name, key] of Object.entries(keys)) {
      if (key.length !== 32) throw new Error(`The identifier ${name} key must be 32 bytes, not ${key.length}`);
    }
  }

  override blindIndex(kind: string, value: string): string {
    return createHmac('sha256', this.keys.index).update(`${kind}:${value}`, 'utf8').digest('hex');
  }

  override encrypt(value: string): Buffer {
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv('aes-256-gcm', this.keys.encryption, nonce);
    const body = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, body, cipher.getAuthTag()]);
  }

  override decrypt(encrypted: Buffer): string {
    try {
      const decipher = createDecipheriv('aes-256-gcm', this.keys.encryption, encrypted.subarray(0, nonceBytes), {
        authTagLength: tagBytes,
      });
      decipher.setAuthTag(encrypted.subarray(-tagBytes));
      return decipher.update(encrypted.subarray(nonceBytes, -tagBytes), undefined, 'utf8') + decipher.final('utf8');
    } catch (cause) {
      throw new DomainError('internal-error', {}, { cause });
    }
  }
}
