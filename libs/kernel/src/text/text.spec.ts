import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { nfc } from './nfc.js';
import { searchKey } from './search-key.js';
import { sha256Hex } from './sha256-hex.js';

describe('a search key (FR-26)', () => {
  it.each([
    ['Trần Thị Bình', 'tran thi binh'],
    ['  NGUYỄN   Văn\tĐỨC ', 'nguyen van duc'],
    ['Đặng Thùy Trâm', 'dang thuy tram'],
    ['ƯƠNG', 'uong'],
  ])('of "%s" is "%s"', (text, key) => {
    expect(searchKey(text)).toBe(key);
  });

  it('is the same for composed and decomposed text, and a key is its own key', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạ ĂÂĐÊÔƠƯ') }), (text) => {
        expect(searchKey(text.normalize('NFD'))).toBe(searchKey(text));
        expect(searchKey(searchKey(text))).toBe(searchKey(text));
        expect(searchKey(text)).toMatch(/^[a-z ]*$/);
      }),
    );
  });
});

describe('text as it is stored', () => {
  it('is composed', () => {
    expect(nfc('Quye\u0302\u0301t')).toBe('Quyết');
  });
});

describe('SHA-256 in hexadecimal', () => {
  it('agrees with the vector of FIPS 180-4 for text and bytes', () => {
    const expected = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
    expect(sha256Hex('abc')).toBe(expected);
    expect(sha256Hex(new Uint8Array([0x61, 0x62, 0x63]))).toBe(expected);
  });

  it('hashes text as UTF-8', () => {
    expect(sha256Hex('đ')).toBe(sha256Hex(new Uint8Array([0xc4, 0x91])));
  });
});
