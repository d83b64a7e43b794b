import { inflateSync } from 'node:zlib';
import { DomainError } from '#kernel';
import type { PdfLimits } from './limits.js';
import { PdfDict, PdfName, type PdfObject, type PdfStream } from './objects.js';

const isTooLarge = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';

const inflate = (data: Uint8Array, limits: PdfLimits): Uint8Array => {
  try {
    return inflateSync(data, { maxOutputLength: limits.inflatedBytes });
  } catch (cause) {
    if (isTooLarge(cause)) throw new DomainError('pdf-too-complex', { limit: 'inflatedBytes' }, { cause });
    throw new DomainError('pdf-damaged', { reason: 'compressed-data' }, { cause });
  }
};

/** Undoes the PNG row filters (ISO 32000-2, 7.4.4.4) that cross-reference streams are written with. */
const undoPngPredictor = (data: Uint8Array, columns: number, bytesPerPixel: number): Uint8Array => {
  const rowBytes = columns * bytesPerPixel;
  const rows = Math.floor(data.length / (rowBytes + 1));
  const out = new Uint8Array(rows * rowBytes);
  for (let row = 0; row < rows; row++) {
    const from = row * (rowBytes + 1);
    const to = row * rowBytes;
    const filter = data[from] ?? 0;
    for (let column = 0; column < rowBytes; column++) {
      const left = column >= bytesPerPixel ? (out[to + column - bytesPerPixel] ?? 0) : 0;
      const up = row > 0 ? (out[to - rowBytes + column] ?? 0) : 0;
      const upLeft = row > 0 && column >= bytesPerPixel ? (out[to - rowBytes + column - bytesPerPixel] ?? 0) : 0;
      out[to + column] = (data[from + 1 + column] ?? 0) + predicted(filter, left, up, upLeft);
    }
  }
  return out;
};

const predicted = (filter: number, left: number, up: number, upLeft: number): number => {
  switch (filter) {
    case 0:
      return 0;
    case 1:
      return left;
    case 2:
      return up;
    case 3:
      return (left + up) >> 1;
    case 4: {
      const estimate = left + up - upLeft;
      const [byLeft, byUp, byUpLeft] = [estimate - left, estimate - up, estimate - upLeft].map(Math.abs) as [
        number,
        number,
        number,
      ];
      if (byLeft <= byUp && byLeft <= byUpLeft) return left;
      return byUp <= byUpLeft ? up : upLeft;
    }
    default:
      throw new DomainError('pdf-damaged', { reason: 'row-filter' });
  }
};

const only = (value: PdfObject | undefined): PdfObject | undefined => {
  if (!Array.isArray(value)) return value;
  if (value.length > 1) throw new DomainError('pdf-too-complex', { limit: 'filters' });
  return value[0] as PdfObject | undefined;
};

/**
 * The data of a structural stream (cross-reference or object stream) with its filter undone: none or FlateDecode, with
 * PNG predictors. Page contents and images are not decoded by this library.
 * @throws DomainError `pdf-damaged`, `pdf-too-complex`
 */
export const decodeStream = (stream: PdfStream, limits: PdfLimits): Uint8Array => {
  const filter = only(stream.dict.get('Filter'));
  if (filter === undefined || filter === null) return stream.encoded;
  if (!(filter instanceof PdfName) || filter.value !== 'FlateDecode') {
    throw new DomainError('pdf-damaged', { reason: 'structural-stream-filter' });
  }
  const data = inflate(stream.encoded, limits);
  const parameters = only(stream.dict.get('DecodeParms'));
  if (!(parameters instanceof PdfDict)) return data;
  const number = (key: string, otherwise: number): number => {
    const value = parameters.get(key);
    return typeof value === 'number' && value > 0 && value <= 65_536 ? value : otherwise;
  };
  if (number('Predictor', 1) < 10) return data;
  const bytesPerPixel = Math.max(1, (number('Colors', 1) * number('BitsPerComponent', 8)) >> 3);
  return undoPngPredictor(data, number('Columns', 1), bytesPerPixel);
};
