import { PdfDict, PdfName, type PdfObject, PdfRaw, PdfRef, PdfStream, PdfString } from './objects.js';

/** A growing run of bytes that knows its own offset. */
export class ByteBuilder {
  private buffer = Buffer.allocUnsafe(4096);
  length = 0;

  text(text: string): void {
    this.reserve(text.length);
    this.length += this.buffer.write(text, this.length, 'latin1');
  }

  bytes(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.buffer.set(bytes, this.length);
    this.length += bytes.length;
  }

  /** What was written so far; valid until the next write. */
  view(): Buffer {
    return this.buffer.subarray(0, this.length);
  }

  private reserve(more: number): void {
    if (this.length + more <= this.buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.buffer.length * 2, this.length + more));
    this.buffer.copy(larger, 0, 0, this.length);
    this.buffer = larger;
  }
}

const nameText = (value: string): string =>
  '/' +
  value.replace(/[^!-~]|[#()<>[\]{}/%]/g, (character) => `#${character.charCodeAt(0).toString(16).padStart(2, '0')}`);

const numberText = (value: number): string => {
  if (Number.isInteger(value)) return value.toFixed(0);
  return value.toFixed(5).replace(/0+$/, '').replace(/\.$/, '').replace(/^-0$/, '0');
};

const literalText = (bytes: Uint8Array): string =>
  `(${Buffer.from(bytes)
    .toString('latin1')
    .replace(/[()\\]/g, (character) => `\\${character}`)
    .replace(/\r/g, '\\r')})`;

/**
 * Writes one object. `onRaw` is told the builder's offset of every {@link PdfRaw}.
 */
export const serialize = (
  out: ByteBuilder,
  object: PdfObject,
  onRaw: (raw: PdfRaw, offset: number) => void = () => undefined,
): void => {
  if (object === null) out.text('null');
  else if (typeof object === 'boolean') out.text(object ? 'true' : 'false');
  else if (typeof object === 'number') out.text(numberText(object));
  else if (object instanceof PdfName) out.text(nameText(object.value));
  else if (object instanceof PdfRef) out.text(`${object.number} ${object.generation} R`);
  else if (object instanceof PdfString) {
    out.text(object.hexadecimal ? `<${Buffer.from(object.bytes).toString('hex')}>` : literalText(object.bytes));
  } else if (object instanceof PdfRaw) {
    onRaw(object, out.length);
    out.bytes(object.bytes);
  } else if (object instanceof PdfDict) {
    out.text('<<');
    for (const [key, value] of object) {
      out.text(`${nameText(key)} `);
      serialize(out, value, onRaw);
      out.text('\n');
    }
    out.text('>>');
  } else if (object instanceof PdfStream) {
    const data = object.encoded;
    serialize(out, new PdfDict([...object.dict, ['Length', data.length]]), onRaw);
    out.text('\nstream\n');
    out.bytes(data);
    out.text('\nendstream');
  } else {
    out.text('[');
    object.forEach((item, index) => {
      if (index > 0) out.text(' ');
      serialize(out, item, onRaw);
    });
    out.text(']');
  }
};
