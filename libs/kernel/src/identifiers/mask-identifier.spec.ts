import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { maskIdentifier } from './mask-identifier.js';

describe('a masked identifier (FR-82)', () => {
  it.each([
    ['042090000123', '042*****0123'],
    ['3000000037', '300***0037'],
    ['0314409058-002', '031*******-002'],
    ['123456789', '******789'],
    ['AB12', '**12'],
    ['', ''],
  ])('%s is shown as %s', (value, masked) => {
    expect(maskIdentifier(value)).toBe(masked);
  });

  it('keeps the length and hides at least three characters of any identifier of six or more', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Z0-9]{6,20}$/), (value) => {
        const masked = maskIdentifier(value);
        expect(masked).toHaveLength(value.length);
        expect([...masked].filter((character) => character === '*').length).toBeGreaterThanOrEqual(3);
      }),
    );
  });
});
