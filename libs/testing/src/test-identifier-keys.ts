import { createHash } from 'node:crypto';
import type { IdentifierKeys } from '#platform/persistence';

const key = (name: string): Buffer => createHash('sha256').update(`khoso test ${name}`).digest();

/** Fixed keys, so that a test can write an expected blind index down. Never used outside tests. */
export const testIdentifierKeys: IdentifierKeys = { index: key('index'), encryption: key('encryption') };
