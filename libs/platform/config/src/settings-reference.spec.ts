import { describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { settingsReference } from './settings-reference.js';

describe('config/settings.md', () => {
  it('is what the table of settings says (print it again with write-settings-reference after a change)', async () => {
    expect(await readFile('config/settings.md', 'utf8')).toBe(settingsReference());
  });
});
