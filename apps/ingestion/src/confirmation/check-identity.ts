import type { FieldValue, Owner, OwnerIdentifier } from '#domain/records';
import { DomainError, type ErrorDetail, PersonalId, searchKey } from '#kernel';

/**
 * Compares the fields with the owner the paper is filed under: the identifier on it (FR-27: never one reading alone),
 * and a personal number with birth date and sex (FR-02).
 * @returns what disagrees; empty when nothing does
 */
export const identityMismatches = (
  owner: Pick<Owner, 'kind' | 'name'>,
  identifier: OwnerIdentifier,
  fields: readonly FieldValue[],
): ErrorDetail[] => {
  const value = (key: string) => fields.find((field) => field.key === key)?.value;
  const mismatches: ErrorDetail[] = [];
  const onPaper = value('dinhDanhChuGiayTo');
  if (onPaper !== undefined && identifier.value !== '' && onPaper !== identifier.value) {
    mismatches.push({ code: 'OWNER_MISMATCH', field: 'dinhDanhChuGiayTo' });
  }
  if (owner.kind !== 'PERSON_PIN') return mismatches;
  const name = value('hoTen');
  if (name !== undefined && searchKey(name) !== searchKey(owner.name)) {
    mismatches.push({ code: 'NAME_MISMATCH', field: 'hoTen' });
  }
  const sex = value('gioiTinh');
  const codes = PersonalId.parse(identifier.value).crossCheck({
    birthDate: value('ngaySinh'),
    sex: sex === undefined ? undefined : sex === 'Nam' ? 'male' : 'female',
  });
  return [
    ...mismatches,
    ...codes.map((code) => ({ code, field: code === 'PIN_DOB_MISMATCH' ? 'ngaySinh' : 'gioiTinh' })),
  ];
};

/** @throws DomainError `identity-mismatch` unless all agrees or the officer says why it is accepted */
export const requireAgreement = (mismatches: readonly ErrorDetail[], overrideReason: string | undefined): void => {
  if (mismatches.length > 0 && overrideReason === undefined) {
    throw new DomainError('identity-mismatch', {}, { details: mismatches });
  }
};
