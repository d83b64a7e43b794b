import { describe, expect, it } from '@jest/globals';
import type { FieldValue } from '../records.port.js';
import { fieldChanges } from './field-changes.js';
import { changeNumberOf, readMinimumFields } from './minimum-fields.js';

const field = (key: string, value: string): FieldValue => ({ key, value, source: 'TYPED', confidence: 1 });

describe('what the repository reads from the confirmed fields', () => {
  it('takes number and symbol apart, and the dates as they are', () => {
    const read = readMinimumFields([
      field('tenGiayTo', 'Quyết định trợ cấp'),
      field('soKyHieu', 'Số: 05/QĐ-UBND'),
      field('ngayCap', '2026-03-05'),
      field('coQuanCap', 'UBND phường Thành Sen'),
      field('coGiaTriDen', '2027-03-05'),
      field('phamVi', ' '),
    ]);
    expect(read).toEqual({
      name: 'Quyết định trợ cấp',
      number: '05',
      symbol: 'QĐ-UBND',
      issuedOn: '2026-03-05',
      issuingAgencyName: 'UBND phường Thành Sen',
      validTo: '2027-03-05',
    });
  });

  it('keeps the serial of a land-use certificate whole', () => {
    expect(readMinimumFields([field('soKyHieu', 'BK 123456')])).toMatchObject({ number: 'BK 123456', symbol: '' });
  });

  it('refuses a date that does not exist', () => {
    expect(() => readMinimumFields([field('ngayCap', '2026-02-31')])).toThrow(
      expect.objectContaining({ code: 'date-invalid' }),
    );
  });

  it.each([
    ['3', 3],
    ['Đăng ký thay đổi lần thứ: 12', 12],
    ['lần đầu', 0],
  ])('reads change number %j as %i', (value, number) => {
    expect(changeNumberOf([field('lanThayDoi', value)])).toBe(number);
  });
});

describe('what a confirmation changed (FR-25)', () => {
  it('lists corrected, added and removed fields, not the untouched', () => {
    const before = [field('hoTen', 'Nguyen Van An'), field('ngayCap', '2020-01-01'), field('que', 'Hà Tĩnh')];
    const after = [field('hoTen', 'Nguyễn Văn An'), field('ngayCap', '2020-01-01'), field('phamVi', 'Toàn quốc')];
    expect(fieldChanges(before, after)).toEqual([
      { key: 'hoTen', before: 'Nguyen Van An', after: 'Nguyễn Văn An' },
      { key: 'que', before: 'Hà Tĩnh', after: undefined },
      { key: 'phamVi', before: undefined, after: 'Toàn quốc' },
    ]);
  });
});
