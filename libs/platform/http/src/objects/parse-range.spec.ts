import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseRange } from './parse-range.js';

describe('a Range header on 1000 bytes (RFC 9110 s. 14)', () => {
  it.each([
    ['bytes=0-499', { start: 0, end: 499 }],
    ['bytes=500-', { start: 500, end: 999 }],
    ['bytes=-200', { start: 800, end: 999 }],
    ['bytes=-5000', { start: 0, end: 999 }],
    ['bytes=900-5000', { start: 900, end: 999 }],
    ['bytes=1000-', 'unsatisfiable'],
    ['bytes=-0', 'unsatisfiable'],
    ['bytes=5-2', undefined],
    ['bytes=0-1,5-6', undefined],
    ['lines=0-1', undefined],
    ['bytes=-', undefined],
    [undefined, undefined],
  ])('%s', (header, range) => {
    expect(parseRange(header, 1000)).toEqual(range);
  });

  it('never leaves the object, whatever is asked', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.nat(5000), (first, last, bytes) => {
        const range = parseRange(`bytes=${first}-${last}`, bytes);
        if (typeof range !== 'object') return true;
        return range.start >= 0 && range.start <= range.end && range.end < bytes;
      }),
    );
  });
});
