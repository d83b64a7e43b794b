import { describe, expect, it } from '@jest/globals';
import type { FieldValue } from '#domain/records';
import { DomainError } from '#kernel';
import { identityMismatches, requireAgreement } from './check-identity.js';

const an = { kind: 'PERSON_PIN', name: 'Nguyễn Văn An' } as const;
const number = { kind: 'PERSON_PIN', value: '042090000123' } as const;
const read = (values: Record<string, string>): FieldValue[] =>
  Object.entries(values).map(([key, value]) => ({ key, value, source: 'OCR', confidence: 0.95 }));
const codes = (values: Record<string, string>) => identityMismatches(an, number, read(values)).map(({ code }) => code);

describe('a paper and its owner', () => {
  it('agree in number, name, birth year and sex; names without regard to capitals', () => {
    const paper = {
      dinhDanhChuGiayTo: '042090000123',
      hoTen: 'NGUYỄN VĂN AN',
      ngaySinh: '1990-03-15',
      gioiTinh: 'Nam',
    };
    expect(codes(paper)).toEqual([]);
    expect(codes({})).toEqual([]);
  });

  it('disagree, each way by its own code (FR-02, FR-27)', () => {
    expect(codes({ dinhDanhChuGiayTo: '042090000128' })).toEqual(['OWNER_MISMATCH']);
    expect(codes({ hoTen: 'Nguyễn Văn Ân Hòa' })).toEqual(['NAME_MISMATCH']);
    expect(codes({ ngaySinh: '1991-03-15', gioiTinh: 'Nữ' })).toEqual(['PIN_DOB_MISMATCH', 'PIN_SEX_MISMATCH']);
  });

  it('of a business are compared by the code alone', () => {
    const firm = { kind: 'ORGANISATION_MST', name: 'CÔNG TY TNHH SÔNG LA' } as const;
    const code = { kind: 'ORGANISATION_MST', value: '3000000037' } as const;
    expect(identityMismatches(firm, code, read({ hoTen: 'Nguyễn Văn An', dinhDanhChuGiayTo: '3000000037' }))).toEqual(
      [],
    );
  });

  it('may disagree only with a reason', () => {
    const mismatches = [{ code: 'NAME_MISMATCH', field: 'hoTen' }];
    expect(() => requireAgreement(mismatches, undefined)).toThrow(new DomainError('identity-mismatch'));
    expect(() => requireAgreement(mismatches, 'Đã cải chính họ tên năm 2024')).not.toThrow();
    expect(() => requireAgreement([], undefined)).not.toThrow();
  });
});
