import { describe, expect, it } from '@jest/globals';
import { maskDocumentCode } from './mask-document-code.js';

describe('a document code outside the record (FR-30, FR-82)', () => {
  it.each([
    ['042090000123.KQ.G15.000031.05/KS.01', '042*****0123.KQ.G15.000031.05/KS.01'],
    ['3000000037.1.001193.TP-02.12', '300***0037.1.001193.TP-02.12'],
    ['3000000037-001.GT.000004.7/A.03', '300*******-001.GT.000004.7/A.03'],
  ])('hides the owner of %s', (code, masked) => expect(maskDocumentCode(code)).toBe(masked));

  it('leaves a code without an owner as it is', () => {
    expect(maskDocumentCode('.GT.000004.7/A.03')).toBe('.GT.000004.7/A.03');
  });
});
