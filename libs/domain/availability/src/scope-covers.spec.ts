import { describe, expect, it } from '@jest/globals';
import type { Agency } from '#domain/catalogue';
import { scopeCovers } from './scope-covers.js';

const agency = (code: string, name: string, parentCode?: string): Agency => ({
  code,
  name,
  parentCode,
  level: 'commune',
  symbol: 'UBND',
  validFrom: '2025-07-01',
});
const agencies = [
  agency('H27', 'UBND tỉnh Hà Tĩnh'),
  agency('H27.05.12', 'UBND phường Thành Sen', 'H27'),
  agency('H27.06.03', 'UBND xã Cẩm Bình', 'H27'),
  agency('H56', 'UBND tỉnh Thanh Hóa'),
];

describe('whether a scope reaches the agency that asks', () => {
  it.each([undefined, 'Toàn quốc', 'TRONG  CẢ NƯỚC'])('%s reaches everyone', (scope) => {
    expect(scopeCovers(scope, agencies, 'H27.05.12')).toBe('COVERS');
  });

  it.each(['H27', 'ubnd tỉnh Hà Tĩnh', 'H27.05.12'])('%s covers what is below it and itself', (scope) => {
    expect(scopeCovers(scope, agencies, 'H27.05.12')).toBe('COVERS');
  });

  it.each(['H56', 'UBND xã Cẩm Bình'])('%s does not cover another place', (scope) => {
    expect(scopeCovers(scope, agencies, 'H27.05.12')).toBe('DOES_NOT_COVER');
  });

  it('leaves words it cannot weigh, and an agency it is not told, to an official', () => {
    expect(scopeCovers('Dùng để đăng ký kết hôn', agencies, 'H27.05.12')).toBe('UNSETTLED');
    expect(scopeCovers('H27', agencies, undefined)).toBe('UNSETTLED');
  });
});
