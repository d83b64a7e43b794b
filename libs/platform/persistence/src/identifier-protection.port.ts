/**
 * Keeps personal numbers out of the database in clear (FR-82, FR-86). The two keys live outside the database.
 * Blind index: HMAC-SHA-256 over `kind:value`; an unkeyed hash of a 12-digit number is found by trying them all.
 */
export abstract class IdentifierProtection {
  /** 64 hexadecimal characters; equal for equal input, so it can be looked up by equality. */
  abstract blindIndex(kind: string, value: string): string;
  /** AES-256-GCM: 12-byte nonce, ciphertext, 16-byte tag. */
  abstract encrypt(value: string): Buffer;
  /** @throws DomainError `internal-error` when the key is not the one it was encrypted with */
  abstract decrypt(encrypted: Buffer): string;
}
