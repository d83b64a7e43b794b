import { describe, expect, it } from '@jest/globals';
import type { FieldDefinition } from '#domain/catalogue';
import type { FieldValue } from '#domain/records';
import { DomainError } from '#kernel';
import { normaliseFields } from './normalise-fields.js';

const field = (key: string, kind: FieldDefinition['kind'], required = false): FieldDefinition => ({
  key,
  kind,
  required,
  label: key,
  anchors: [],
});
const definitions = [
  field('soKyHieu', 'documentNumber', true),
  field('ngayCap', 'date', true),
  field('coQuanCap', 'agency'),
  field('soDinhDanh', 'personalId'),
  field('maSo', 'businessCode'),
  field('soTien', 'number'),
  field('gioiTinh', 'sex'),
];
const minimum = [
  { key: 'soKyHieu', value: '05/QĐ-UBND' },
  { key: 'ngayCap', value: '2020-03-05' },
];
const valueOf = (key: string, value: string) =>
  normaliseFields([...minimum.filter((given) => given.key !== key), { key, value }], definitions, []).find(
    (result) => result.key === key,
  )?.value;
const faultsOf = (given: { key: string; value: string }[]) => {
  try {
    normaliseFields(given, definitions, []);
  } catch (error) {
    if (error instanceof DomainError) return error.details;
  }
  return [];
};

describe('fields as the officer gives them', () => {
  it.each([
    ['ngayCap', 'ngày 05 tháng 3 năm 2020', '2020-03-05'],
    ['ngayCap', '05/03/2020', '2020-03-05'],
    ['soKyHieu', 'Số: 5/QĐ-UBND', '05/QĐ-UBND'],
    ['soKyHieu', ' AA  02718345 ', 'AA 02718345'],
    ['coQuanCap', 'Ủy  ban nhân dân'.normalize('NFD'), 'Ủy ban nhân dân'],
    ['soDinhDanh', '042 090 000 123', '042090000123'],
    ['maSo', '0314409058002', '0314409058-002'],
    ['soTien', '38.500.000', '38500000'],
    ['soTien', '312,5', '312,5'],
    ['gioiTinh', 'NỮ', 'Nữ'],
  ])('%s: %s is kept as %s (FR-26)', (key, given, kept) => expect(valueOf(key, given)).toBe(kept));

  it('are refused all at once, each with its fault', () => {
    const faults = faultsOf([
      { key: 'ngayCap', value: '31/02/2020' },
      { key: 'soDinhDanh', value: '04209000012' },
      { key: 'soTien', value: 'ba mươi triệu' },
      { key: 'gioiTinh', value: 'khác' },
      { key: 'mauMat', value: 'đen' },
    ]);
    expect(faults).toEqual([
      { code: 'DATE_INVALID', field: 'ngayCap', params: { value: '2020-02-31' } },
      { code: 'PERSONAL_ID_INVALID', field: 'soDinhDanh', params: { reason: 'LENGTH' } },
      { code: 'MALFORMED', field: 'soTien' },
      { code: 'MALFORMED', field: 'gioiTinh' },
      { code: 'UNKNOWN_FIELD', field: 'mauMat' },
      { code: 'REQUIRED', field: 'soKyHieu' },
    ]);
  });

  it('count as missing when blank; what is not required may be (FR-29)', () => {
    expect(faultsOf([...minimum, { key: 'coQuanCap', value: '  ' }])).toEqual([]);
    expect(faultsOf([{ key: 'ngayCap', value: ' ' }, minimum[0]!])).toEqual([{ code: 'REQUIRED', field: 'ngayCap' }]);
  });

  it('keep place and confidence of the proposal they agree with; anything else was typed (FR-24, FR-25)', () => {
    const proposed: FieldValue[] = [
      { key: 'soKyHieu', value: '05/QĐ-UBND', source: 'OCR', confidence: 0.93, page: 1, box: [1, 2, 3, 4] },
      { key: 'ngayCap', value: '2020-03-06', source: 'OCR', confidence: 0.7, page: 1, box: [5, 6, 7, 8] },
    ];
    expect(normaliseFields(minimum, definitions, proposed)).toEqual([
      proposed[0],
      { key: 'ngayCap', value: '2020-03-05', source: 'TYPED', confidence: 1 },
    ]);
  });
});
