import { BusinessCode, DocumentNumber, nfc, parseVietnameseDate, PersonalId, searchKey } from '#kernel';
import type { FieldKind } from './field-template.js';
import { personName } from './person-name.js';

export interface ShapedValue {
  readonly value: string;
  /** Whether the value keeps the rule of its kind. */
  readonly valid: boolean;
  /** Whether more than spacing had to be changed. */
  readonly corrected: boolean;
}

/** What OCR reads for digits, inside words that are digits otherwise. */
const digitLookalikes: Readonly<Record<string, string>> = {
  O: '0',
  o: '0',
  Q: '0',
  l: '1',
  I: '1',
  '|': '1',
  S: '5',
  B: '8',
};

const digitsOf = (text: string): string =>
  text.replace(/\S*\d\S*/gu, (word) => {
    const digits = word.replace(/\D/gu, '').length;
    return digits * 2 >= word.length ? word.replace(/[OoQlI|SB]/gu, (letter) => digitLookalikes[letter]!) : word;
  });

const holds = (check: () => unknown): boolean => {
  try {
    check();
    return true;
  } catch {
    // The parser's refusal is the answer: this text does not have the shape.
    return false;
  }
};

const shaped = (value: string, valid = true, corrected = false): ShapedValue => ({ value, valid, corrected });

const dateInWords = /ng\p{L}y\s*(\d{1,2})\s*th\p{L}{1,2}ng\s*(\d{1,2})\s*n\p{L}m\s*(\d{4})/giu;
const dateInDigits = /\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}/gu;

const asDate = (text: string): ShapedValue | undefined => {
  const read = digitsOf(text);
  const words = [...read.matchAll(dateInWords)].map(([, day, month, year]) => `${day}/${month}/${year}`);
  const found = [...words, ...[...read.matchAll(dateInDigits)].map(([date]) => date)];
  const real = found.find((date) => holds(() => parseVietnameseDate(date)));
  return real === undefined ? undefined : shaped(parseVietnameseDate(real), true, read !== text);
};

const asPersonalId = (text: string): ShapedValue | undefined => {
  const read = digitsOf(text);
  const digits = /(?<!\d)\d{12}(?!\d)/u.exec(read)?.[0] ?? /\d(?:[ .]?\d){10,12}/u.exec(read)?.[0].replace(/\D/gu, '');
  return digits === undefined
    ? undefined
    : shaped(
        digits,
        holds(() => PersonalId.parse(digits)),
        read !== text,
      );
};

const asBusinessCode = (text: string): ShapedValue | undefined => {
  const read = digitsOf(text);
  const code = /(?<!\d)\d{10}(?:\s*-\s*\d{3})?(?!\d)/u.exec(read)?.[0];
  if (code === undefined) return undefined;
  const valid = holds(() => BusinessCode.parse(code));
  return shaped(valid ? BusinessCode.parse(code).value : code, valid, read !== text);
};

/** A personal number or a business code, whichever rule the digits keep. */
const asIdentifier = (text: string): ShapedValue | undefined =>
  [asPersonalId(text), asBusinessCode(text)]
    .filter((found) => found !== undefined)
    .toSorted((one, other) => Number(other.valid) - Number(one.valid))[0];

const asDocumentNumber = (text: string): ShapedValue | undefined => {
  const found = /[\dOolI]+[a-zđ]?\s*\/\s*[\p{L}\d][\p{L}\d.&/-]*(?:\s*-\s*[\p{Lu}\d]+)*/u.exec(text)?.[0];
  const read = found?.replace(/^[\dOolI]+/u, (number) =>
    number.replace(/[OolI]/gu, (letter) => digitLookalikes[letter]!),
  );
  if (read === undefined || !holds(() => DocumentNumber.parse(read))) return undefined;
  return shaped(DocumentNumber.format(DocumentNumber.parse(read)), true, read !== found);
};

/** Vietnamese notation: dots between thousands, a comma before decimals. */
const asNumber = (text: string): ShapedValue | undefined => {
  const found = /\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?/u.exec(digitsOf(text))?.[0];
  return found === undefined ? undefined : shaped(found.replaceAll('.', ''));
};

const asSex = (text: string): ShapedValue | undefined => {
  const word = searchKey(text).split(/[^a-z]+/u)[0];
  return word === 'nam' ? shaped('Nam') : word === 'nu' ? shaped('Nữ') : undefined;
};

const asText = (text: string): ShapedValue | undefined => {
  const value = nfc(text)
    .replace(/^[\s:.,;_-]+|[\s:;,_-]+$/gu, '')
    .replace(/\s+\d{1,2}\.$/u, '')
    .replace(/\s+/gu, ' ');
  if (value === '') return undefined;
  const name = personName(value);
  return name ? shaped(name.value, true, name.corrected) : shaped(value);
};

const shapes: Readonly<Record<FieldKind, (text: string) => ShapedValue | undefined>> = {
  date: asDate,
  personalId: asPersonalId,
  businessCode: asBusinessCode,
  identifier: asIdentifier,
  documentNumber: asDocumentNumber,
  number: asNumber,
  sex: asSex,
  text: asText,
  agency: asText,
};

/** The value of a kind in a piece of text, normalised (FR-26); undefined when nothing in it has that shape. */
export const shapeValue = (kind: FieldKind, text: string): ShapedValue | undefined => shapes[kind](text);
