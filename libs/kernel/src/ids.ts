import { randomUUIDv7 } from 'node:crypto';

/** A new UUID version 7 (RFC 9562): unique without coordination and sorted by creation time, which keeps indexes compact. */
export const newId = (): string => randomUUIDv7();
