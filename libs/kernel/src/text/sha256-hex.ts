import { createHash } from 'node:crypto';

/** SHA-256 as 64 lower-case hexadecimal characters; text is hashed as UTF-8. */
export const sha256Hex = (content: Uint8Array | string): string => createHash('sha256').update(content).digest('hex');
