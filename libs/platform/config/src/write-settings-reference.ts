import { writeFile } from 'node:fs/promises';
import { settingsReference } from './settings-reference.js';

// Run from the root of the repository after a change of the table: node dist/libs/platform/config/src/write-settings-reference.js
await writeFile('config/settings.md', settingsReference());
