import type { FileType } from './inspection.js';

/** How many leading bytes `fileType` wants to see. */
export const headBytes = 1024;

const startsWith = (head: Uint8Array, bytes: readonly number[], at = 0): boolean =>
  bytes.every((byte, index) => head[at + index] === byte);

const ascii = (text: string): number[] => [...text].map((character) => character.charCodeAt(0));

const signatures: readonly (readonly [string, readonly number[], number?])[] = [
  ['ZIP', [0x50, 0x4b, 0x03, 0x04]],
  ['OLE (.doc, .xls)', [0xd0, 0xcf, 0x11, 0xe0]],
  ['RAR', ascii('Rar!')],
  ['7-Zip', [0x37, 0x7a, 0xbc, 0xaf]],
  ['GZIP', [0x1f, 0x8b]],
  ['GIF', ascii('GIF8')],
  ['BMP', ascii('BM')],
  ['WebP', ascii('WEBP'), 8],
  ['HEIC', ascii('ftyphei'), 4],
  ['HEIC', ascii('ftypmif1'), 4],
  ['AVIF', ascii('ftypavif'), 4],
  ['MP4', ascii('ftyp'), 4],
  ['JPEG 2000', [0, 0, 0, 0x0c, 0x6a, 0x50]],
  ['RTF', ascii('{\\rtf')],
  ['PostScript', ascii('%!PS')],
  ['Windows program', ascii('MZ')],
  ['Linux program', [0x7f, 0x45, 0x4c, 0x46]],
];

/** The type by magic bytes; `seems` names what a file that is not accepted looks like. */
export const fileType = (head: Uint8Array): { readonly type?: FileType; readonly seems?: string } => {
  if (startsWith(head, [0xff, 0xd8, 0xff])) return { type: 'JPEG' };
  if (startsWith(head, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return { type: 'PNG' };
  if (startsWith(head, [0x49, 0x49, 0x2a, 0]) || startsWith(head, [0x4d, 0x4d, 0, 0x2a])) return { type: 'TIFF' };
  const known = signatures.find(([, bytes, at]) => startsWith(head, bytes, at));
  if (known) return { seems: known[0] };
  // ISO 32000-1 Annex H.3.4.1: readers accept a header anywhere within the first 1024 bytes.
  const text = Buffer.from(head.buffer, head.byteOffset, Math.min(head.byteLength, headBytes)).toString('latin1');
  if (text.includes('%PDF-')) return { type: 'PDF' };
  if (/^\s*(<!doctype html|<html)/i.test(text)) return { seems: 'HTML' };
  if (/^\s*<\?xml/.test(text)) return { seems: 'XML' };
  return { seems: [...text].every((character) => /[\t\n\r\x20-\x7e\x80-\xff]/.test(character)) ? 'text' : 'unknown' };
};
