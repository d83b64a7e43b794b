import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DocumentNumber } from './document-number.js';

describe('a document number (FR-26)', () => {
  it.each([
    ['Số: 05/QĐ-UBND', '05', 'QĐ-UBND'],
    ['05/QĐ-UBND', '05', 'QĐ-UBND'],
    ['Số : 15 / QĐ - BNV', '15', 'QĐ-BNV'],
    ['số 123/2019', '123', '2019'],
    ['02/2019/TT-BNV', '02', '2019/TT-BNV'],
    ['So\u0302\u0301: 12a/GXN-UBND', '12a', 'GXN-UBND'],
    ['Số: 3000000037', '3000000037', ''],
  ])('"%s" has number %s and symbol "%s"', (text, number, symbol) => {
    expect(DocumentNumber.parse(text)).toEqual({ number, symbol });
  });

  it.each(['Số:      /QĐ-UBND', 'QĐ-UBND', '', '05/', '05/QĐ UBND ngày 5'])('"%s" is refused', (text) => {
    expect(() => DocumentNumber.parse(text)).toThrow(expect.objectContaining({ code: 'document-number-invalid' }));
  });

  it('is written with a leading zero below ten (Decree 30/2020)', () => {
    expect(DocumentNumber.format({ number: 5, symbol: 'QĐ-UBND' })).toBe('05/QĐ-UBND');
    expect(DocumentNumber.format({ number: 200, symbol: 'QĐ-UBND' })).toBe('200/QĐ-UBND');
    expect(DocumentNumber.format({ number: '07', symbol: '' })).toBe('07');
  });

  it('reads back what it wrote', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 99_999 }),
        fc.constantFrom('QĐ-UBND', 'GXN-CAX', '2026/TT-BTP'),
        (n, symbol) => {
          const written = DocumentNumber.format({ number: n, symbol });
          expect(DocumentNumber.parse(`Số: ${written}`)).toEqual({ number: String(n).padStart(2, '0'), symbol });
        },
      ),
    );
  });
});
