import { searchKey } from '#kernel';

/** Surnames of nine in ten people; each is the only common one of its accent-free form. */
const surnames = new Map(
  [
    'Nguyễn', 'Trần', 'Lê', 'Phạm', 'Hoàng', 'Huỳnh', 'Phan', 'Vũ', 'Võ', 'Đặng', 'Bùi', 'Đỗ', 'Hồ', 'Ngô', 'Dương', 'Lý',
    'Đinh', 'Đoàn', 'Trịnh', 'Mai', 'Trương', 'Lương', 'Đào', 'Cao', 'Thái', 'Tạ', 'Hà', 'Tô', 'Chu', 'Quách', 'Kiều',
  ].map((name) => [searchKey(name), name]),
); // prettier-ignore

const fewestWords = 2;
const mostWords = 6;

const capitalised = (word: string): string => word.charAt(0) + word.slice(1).toLocaleLowerCase('vi');

/**
 * A name printed in capitals, as people write it: `NGUYÊN VĂN AN` becomes `Nguyễn Văn An`. The tone marks of the surname
 * are set right, those of other names are left as read.
 * @returns undefined when the text is not such a name
 */
export const personName = (text: string): { readonly value: string; readonly corrected: boolean } | undefined => {
  const words = text.split(' ');
  if (words.length < fewestWords || words.length > mostWords || !/^[\p{Lu} ]+$/u.test(text)) return undefined;
  const surname = surnames.get(searchKey(words[0]!));
  if (surname === undefined) return undefined;
  const read = words.map(capitalised);
  return { value: [surname, ...read.slice(1)].join(' '), corrected: read[0] !== surname };
};
