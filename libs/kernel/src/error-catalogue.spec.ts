import { describe, expect, it } from '@jest/globals';
import { errorCatalogue } from './error-catalogue.js';
import type { ErrorDefinition } from './errors/define-errors.js';
import { digitisationErrors } from './errors/digitisation.errors.js';
import { identifierErrors } from './errors/identifiers.errors.js';
import { ingestionErrors } from './errors/ingestion.errors.js';
import { pdfErrors } from './errors/pdf.errors.js';
import { platformErrors } from './errors/platform.errors.js';
import { queueErrors } from './errors/queue.errors.js';
import { recordsErrors } from './errors/records.errors.js';
import { reuseErrors } from './errors/reuse.errors.js';
import { signatureErrors } from './errors/signatures.errors.js';
import { signingErrors } from './errors/signing.errors.js';
import { storageErrors } from './errors/storage.errors.js';

const definitions: [string, ErrorDefinition][] = Object.entries(errorCatalogue);
const placeholders = (text: string): string[] =>
  [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? ''))].sort();

describe('the error catalogue', () => {
  it('has each code in one area only', () => {
    const areas = [
      platformErrors,
      storageErrors,
      queueErrors,
      identifierErrors,
      recordsErrors,
      digitisationErrors,
      pdfErrors,
      signatureErrors,
      ingestionErrors,
      signingErrors,
      reuseErrors,
    ];
    const codes = areas.flatMap((area) => Object.keys(area));
    expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
    expect(codes).toHaveLength(definitions.length);
  });

  describe.each(definitions)('%s', (code, definition) => {
    it('is kebab-case', () => {
      expect(code).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
    });

    it('has an HTTP error status', () => {
      expect(definition.status).toBeGreaterThanOrEqual(400);
      expect(definition.status).toBeLessThan(600);
    });

    it('says when, and speaks Vietnamese with its diacritics, and English', () => {
      expect(definition.when.trim()).not.toBe('');
      expect(definition.vi).toMatch(/[àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ]/i);
      expect(definition.vi).toBe(definition.vi.normalize('NFC'));
      expect(definition.en).toMatch(/[a-z]{3}/);
      expect(definition.en).not.toBe(definition.vi);
    });

    it('uses the same parameters in both languages', () => {
      expect(placeholders(definition.vi)).toEqual(placeholders(definition.en));
    });
  });
});
