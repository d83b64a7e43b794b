import { DomainError } from '#kernel';
import type { PdfLimits } from './limits.js';
import { PdfDict, PdfName, type PdfObject, PdfRef, PdfString } from './objects.js';

/** The window ended inside a token: read a larger one and parse again. */
export class WindowTooSmall extends Error {}

const whitespace = new Uint8Array(256);
for (const code of [0, 9, 10, 12, 13, 32]) whitespace[code] = 1;
const delimiter = new Uint8Array(256);
for (const character of '()<>[]{}/%') delimiter[character.charCodeAt(0)] = 1;

const escapes: Readonly<Record<number, number>> = { 0x6e: 10, 0x72: 13, 0x74: 9, 0x62: 8, 0x66: 12 };
const LEFT_PARENTHESIS = 0x28;
const RIGHT_PARENTHESIS = 0x29;
const BACKSLASH = 0x5c;

const hexValue = (code: number): number => {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
};

/**
 * Recursive-descent parser of PDF objects over a window of a file.
 * @param base absolute offset of the window's first byte; spans are reported in absolute offsets
 * @param last whether the window reaches the end of the file
 */
export class ObjectParser {
  position = 0;

  constructor(
    private readonly bytes: Uint8Array,
    private readonly base: number,
    private readonly last: boolean,
    private readonly limits: PdfLimits,
    /** Strings inside an object stream have no place in the file. */
    private readonly located = true,
  ) {}

  get offset(): number {
    return this.base + this.position;
  }

  damaged(reason: string): DomainError {
    return new DomainError('pdf-damaged', { reason, offset: this.offset });
  }

  /** Next byte, or -1 at the end of the file. */
  private peek(): number {
    const byte = this.bytes[this.position];
    if (byte !== undefined) return byte;
    if (!this.last) throw new WindowTooSmall();
    return -1;
  }

  skipSpace(): void {
    for (;;) {
      const byte = this.peek();
      if (byte === 0x25) {
        for (let next = this.peek(); next !== 10 && next !== 13 && next !== -1; next = this.peek()) this.position++;
      } else if (byte >= 0 && whitespace[byte] === 1) this.position++;
      else return;
    }
  }

  /** A run of regular characters: a number or a keyword. Empty when a delimiter or the end stands here. */
  private regular(): string {
    const start = this.position;
    // Put together here: tokens are short, and a Buffer and a call out of JavaScript for each cost more than the rest.
    let token = '';
    for (let byte = this.peek(); byte >= 0 && whitespace[byte] === 0 && delimiter[byte] === 0; byte = this.peek()) {
      token += String.fromCharCode(byte);
      this.position++;
      if (this.position - start > 1_000) throw this.damaged('token-too-long');
    }
    return token;
  }

  /** Takes the keyword if it stands next, and says whether it did. */
  takeKeyword(word: string): boolean {
    this.skipSpace();
    const start = this.position;
    if (this.regular() === word) return true;
    this.position = start;
    return false;
  }

  unsignedInteger(): number | undefined {
    this.skipSpace();
    const start = this.position;
    const token = this.regular();
    if (/^\d{1,15}$/.test(token)) return Number(token);
    this.position = start;
    return undefined;
  }

  /** `n g obj`. */
  indirectHeader(): PdfRef {
    const number = this.unsignedInteger();
    const generation = this.unsignedInteger();
    if (number === undefined || generation === undefined || !this.takeKeyword('obj')) {
      throw this.damaged('object-header-expected');
    }
    return new PdfRef(number, generation);
  }

  parse(depth = 0): PdfObject {
    if (depth > this.limits.nesting) throw new DomainError('pdf-too-complex', { limit: 'nesting' });
    this.skipSpace();
    const byte = this.peek();
    switch (byte) {
      case -1:
        throw this.damaged('unexpected-end');
      case 0x2f:
        return this.parseName();
      case LEFT_PARENTHESIS:
        return this.parseLiteralString();
      case 0x5b:
        return this.parseArray(depth);
      case 0x3c:
        this.position++;
        if (this.peek() === 0x3c) {
          this.position++;
          return this.parseDict(depth);
        }
        return this.parseHexString();
      default:
        return this.parseRegular();
    }
  }

  private parseName(): PdfName {
    this.position++;
    const token = this.regular();
    if (!token.includes('#')) return new PdfName(token);
    return new PdfName(token.replace(/#([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))));
  }

  private parseArray(depth: number): PdfObject[] {
    this.position++;
    const items: PdfObject[] = [];
    for (;;) {
      this.skipSpace();
      if (this.peek() === 0x5d) {
        this.position++;
        return items;
      }
      items.push(this.parse(depth + 1));
    }
  }

  private parseDict(depth: number): PdfDict {
    const dict = new PdfDict();
    for (;;) {
      this.skipSpace();
      const byte = this.peek();
      if (byte === 0x3e) {
        this.position++;
        if (this.peek() !== 0x3e) throw this.damaged('dictionary-end-expected');
        this.position++;
        return dict;
      }
      if (byte !== 0x2f) throw this.damaged('dictionary-key-expected');
      const key = this.parseName().value;
      const value = this.parse(depth + 1);
      // A key met twice is undefined by the standard and read differently by viewers: an attack tool, never needed.
      if (dict.has(key)) throw this.damaged('duplicate-key');
      dict.set(key, value);
    }
  }

  private span(start: number): { start: number; end: number } | undefined {
    return this.located ? { start: this.base + start, end: this.offset } : undefined;
  }

  private parseHexString(): PdfString {
    const start = this.position - 1;
    // One pass over the bytes: a signature's /Contents is tens of thousands of digits.
    let end = this.bytes.indexOf(0x3e, this.position);
    if (end < 0) {
      if (!this.last) throw new WindowTooSmall();
      end = this.bytes.length;
      throw this.damaged('string-end-expected');
    }
    const out = Buffer.allocUnsafe((end - this.position + 1) >> 1);
    let length = 0;
    let high = -1;
    for (let index = this.position; index < end; index++) {
      const code = this.bytes[index] ?? 0;
      const digit = hexValue(code);
      if (digit < 0) {
        if (whitespace[code] === 1) continue;
        throw this.damaged('hexadecimal-digit-expected');
      }
      if (high < 0) high = digit;
      else {
        out[length++] = (high << 4) | digit;
        high = -1;
      }
    }
    if (high >= 0) out[length++] = high << 4;
    this.position = end + 1;
    return new PdfString(out.subarray(0, length), this.span(start), true);
  }

  private parseLiteralString(): PdfString {
    const start = this.position;
    this.position++;
    const out: number[] = [];
    for (let open = 1; ;) {
      const byte = this.peek();
      if (byte === -1) throw this.damaged('string-end-expected');
      this.position++;
      if (byte === BACKSLASH) {
        this.parseEscape(out);
        continue;
      }
      if (byte === LEFT_PARENTHESIS) open++;
      if (byte === RIGHT_PARENTHESIS && --open === 0) break;
      out.push(byte);
    }
    return new PdfString(Uint8Array.from(out), this.span(start));
  }

  private parseEscape(out: number[]): void {
    const byte = this.peek();
    this.position++;
    if (byte === 13) {
      if (this.peek() === 10) this.position++;
    } else if (byte >= 0x30 && byte <= 0x37) {
      let value = byte - 0x30;
      for (let digits = 1; digits < 3 && this.peek() >= 0x30 && this.peek() <= 0x37; digits++) {
        value = value * 8 + this.peek() - 0x30;
        this.position++;
      }
      out.push(value & 0xff);
    } else if (byte !== 10 && byte !== -1) out.push(escapes[byte] ?? byte);
  }

  private parseRegular(): PdfObject {
    const token = this.regular();
    if (/^\d{1,10}$/.test(token)) {
      const after = this.position;
      const generation = this.unsignedInteger();
      if (generation !== undefined && generation <= 65_535 && this.takeKeyword('R')) {
        return new PdfRef(Number(token), generation);
      }
      this.position = after;
      return Number(token);
    }
    if (token === 'true') return true;
    if (token === 'false') return false;
    if (token === 'null') return null;
    if (/^[+-]?(\d+\.?\d*|\.\d+)$/.test(token)) return Number(token);
    throw this.damaged('object-expected');
  }
}
