import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { defaultDossierCodeTemplate, DossierCode, isDossierCode } from './dossier-code.js';

const parts = { agency: 'H27.05.12', date: '2026-11-23', sequence: 7 };

describe('a dossier code (FR-10)', () => {
  it('is agency, day and ordinal by default', () => {
    expect(DossierCode.format(defaultDossierCodeTemplate, parts)).toBe('H27.05.12-261123-0007');
  });

  it('follows another template', () => {
    expect(DossierCode.format('HS/{yyMMdd}/{agency}/{seq:6}', parts)).toBe('HS/261123/H27.05.12/000007');
  });

  it('grows wider rather than repeat itself after 9999', () => {
    expect(DossierCode.format(defaultDossierCodeTemplate, { ...parts, sequence: 12_345 })).toBe(
      'H27.05.12-261123-12345',
    );
  });

  it.each([
    '{agency}-{yyMMdd}',
    '{agency}-{seq:4}',
    '{agency}{agency}{seq:4}',
    '{agency}-{yyMMdd}-{seq:4}-{x}',
    '{seq}',
  ])('refuses the template %s, which would not keep codes apart', (template) => {
    const refusal = expect.objectContaining({ code: 'dossier-code-template-invalid' });
    expect(() => DossierCode.format(template, parts)).toThrow(refusal);
    expect(() => isDossierCode('H27-261123-0001', template)).toThrow(refusal);
  });

  it.each(['H27.05.12-261123-0007', 'H56-261122-0001', '000.17.22.H56-210531-0001', '000.00.06.H56-231027-0361'])(
    '%s is one, of the present form or of that until 2025',
    (text) => {
      expect(isDossierCode(text)).toBe(true);
    },
  );

  it.each([
    'H27.05.12-261123-007',
    'H27.05.12-260231-0001',
    'H27.05.12-261123',
    'H27_05-261123-0001',
    '17.22.H56-210531-0001',
    'H27.05.12-261123-0007\n',
    '',
  ])('"%s" is none', (text) => {
    expect(isDossierCode(text)).toBe(false);
  });

  it('is recognised by the template that made it', () => {
    const template = fc.constantFrom(
      defaultDossierCodeTemplate,
      'HS.{agency}/{yyMMdd}+{seq:6}',
      '{seq:3}({agency}){yyMMdd}',
    );
    fc.assert(
      fc.property(template, fc.integer({ min: 1, max: 10_000_000 }), (chosen, sequence) => {
        expect(isDossierCode(DossierCode.format(chosen, { ...parts, sequence }), chosen)).toBe(true);
      }),
    );
  });
});
