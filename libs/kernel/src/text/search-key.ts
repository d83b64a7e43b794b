/**
 * Key for accent-free search: `  Trần  Thị ĐÀO ` becomes `tran thi dao` (FR-26). Never use it to decide that two names
 * are the same: diacritics distinguish people.
 */
export const searchKey = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    // đ is a letter of its own: NFD does not take its stroke off.
    .replaceAll('đ', 'd')
    .replace(/\s+/gu, ' ')
    .trim();
