/** Any PDF object (ISO 32000-2, 7.3). Integers and reals are both `number`; an absent object is `null`. */
export type PdfObject =
  null | boolean | number | PdfName | PdfString | PdfRef | PdfArray | PdfDict | PdfStream | PdfRaw;

export type PdfArray = readonly PdfObject[];

/** A name without its slash; each character stands for one byte. */
export class PdfName {
  constructor(readonly value: string) {}

  /** As written in a file: `/Sig`. */
  toString(): string {
    return `/${this.value}`;
  }
}

/** Where something stands in the file: absolute byte offsets, the end exclusive. */
export interface ByteSpan {
  readonly start: number;
  readonly end: number;
}

export class PdfString {
  constructor(
    readonly bytes: Uint8Array,
    /** Position of the whole token with its delimiters; absent inside object streams and in new strings. */
    readonly span?: ByteSpan,
    readonly hexadecimal = false,
  ) {}
}

export class PdfRef {
  constructor(
    readonly number: number,
    readonly generation = 0,
  ) {}
}

export class PdfDict extends Map<string, PdfObject> {}

/** A dictionary with data. The data is read when asked for, because most streams of a file are never looked at. */
export class PdfStream {
  constructor(
    readonly dict: PdfDict,
    private readonly load: () => Uint8Array,
  ) {}

  static of(dict: PdfDict, data: Uint8Array): PdfStream {
    return new PdfStream(dict, () => data);
  }

  /** The data as it stands in the file, filters still applied. */
  get encoded(): Uint8Array {
    return this.load();
  }
}

/** Bytes written as they are, whose place in the output the writer reports: the gap that a signature fills later. */
export class PdfRaw {
  constructor(readonly bytes: Uint8Array) {}
}

export const name = (value: string): PdfName => new PdfName(value);

/** A text string (ISO 32000-2, 7.9.2.2): ASCII as it is, anything else as UTF-16BE with a byte order mark. */
export const textString = (text: string): PdfString => {
  if (/^[\x20-\x7e]*$/.test(text)) return new PdfString(Buffer.from(text, 'latin1'));
  return new PdfString(Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(text, 'utf16le').swap16()]));
};

/** Reads a text string: UTF-16BE or UTF-8 by byte order mark, otherwise taken as Latin-1. */
export const textOf = (value: PdfObject | undefined): string | undefined => {
  if (!(value instanceof PdfString)) return undefined;
  const bytes = Buffer.from(value.bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) {
    return bytes
      .subarray(2, bytes.length - (bytes.length % 2))
      .swap16()
      .toString('utf16le');
  }
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return bytes.subarray(3).toString('utf8');
  return bytes.toString('latin1');
};

export const isName = (value: PdfObject | undefined, expected: string): boolean =>
  value instanceof PdfName && value.value === expected;
