import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { codePrefix, codeSubject, formatDocumentCode } from './document-code.js';

describe('the code of a digitised document (FR-30, FR-31)', () => {
  it('of a result: owner, result type, number and symbol, ordinal', () => {
    const parts = codeSubject({ kind: 'result', resultTypeCode: 'KQ.G15.000031', numberSymbol: '05/KS' });
    expect(formatDocumentCode({ owner: '042090000123', ...parts, ordinal: 1 })).toBe(
      '042090000123.KQ.G15.000031.05/KS.01',
    );
  });

  it('of a component: owner, procedure, component, ordinal', () => {
    const parts = codeSubject({ kind: 'component', procedureCode: '1.001193', componentCode: 'TP-02' });
    expect(formatDocumentCode({ owner: '3000000037', ...parts, ordinal: 12 })).toBe('3000000037.1.001193.TP-02.12');
  });

  it('leaves the owner blank when nobody knows an identifier', () => {
    expect(formatDocumentCode({ owner: '', subject: 'GT.000004', detail: '7/A', ordinal: 3 })).toBe(
      '.GT.000004.7/A.03',
    );
  });

  it.each([
    [9, '09'],
    [99, '99'],
    [100, '100'],
    [1000, '1000'],
  ])('writes ordinal %i as %s', (ordinal, text) => {
    expect(formatDocumentCode({ owner: '1', subject: 'S', detail: 'D', ordinal })).toBe(`1.S.D.${text}`);
  });

  it.each(['', '05 /KS', '05/KS\n'])('refuses number and symbol %j', (numberSymbol) => {
    expect(() => codeSubject({ kind: 'result', resultTypeCode: 'KQ.G15.000031', numberSymbol })).toThrow(
      expect.objectContaining({ code: 'document-code-part-invalid', params: { part: 'numberSymbol' } }),
    );
  });

  it('is never the same for two prefixes or two ordinals, dots in the parts or not', () => {
    const part = fc.stringMatching(/^[0-9A-Z./-]{1,6}$/);
    const parts = fc.record({ owner: part, subject: part, detail: part, ordinal: fc.integer({ min: 1, max: 300 }) });
    fc.assert(
      fc.property(parts, parts, (a, b) => {
        const sameCode = formatDocumentCode(a) === formatDocumentCode(b);
        expect(sameCode).toBe(codePrefix(a) === codePrefix(b) && a.ordinal === b.ordinal);
      }),
      { numRuns: 2_000 },
    );
  });
});
