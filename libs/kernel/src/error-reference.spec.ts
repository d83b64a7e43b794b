import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { errorCatalogue } from './error-catalogue.js';
import { errorReference } from './error-reference.js';

describe('libs/kernel/errors.md', () => {
  it('is what the catalogue says (print it again with write-error-reference after a change)', async () => {
    expect(await readFile('libs/kernel/errors.md', 'utf8')).toBe(errorReference());
  });

  it('has every code of the catalogue once', () => {
    const listed = [...errorReference().matchAll(/^\| `([a-z0-9-]+)`/gm)].map(([, code]) => code);
    expect(listed.toSorted()).toEqual(Object.keys(errorCatalogue).toSorted());
  });
});
