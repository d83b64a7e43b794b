import { writeFile } from 'node:fs/promises';
import { errorReference } from './error-reference.js';

// Run from the root of the repository after a change of the catalogue: node dist/libs/kernel/src/write-error-reference.js
await writeFile('libs/kernel/errors.md', errorReference());
