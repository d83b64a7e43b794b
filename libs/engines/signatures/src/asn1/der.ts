/**
 * The shell of ASN.1 values by hand. Signatures and hashes are over exact bytes (certificates, signed attributes), which
 * a library that decodes and encodes again may not give back; typed leaves are left to `@peculiar/asn1-*`.
 */
export interface DerNode {
  /** Identifier octet: class, constructed bit and number; numbers above 30 are not used by these structures. */
  readonly tag: number;
  /** The whole value with its header. */
  readonly raw: Buffer;
  readonly content: Buffer;
}

export class DerError extends Error {}

export const derTag = {
  INTEGER: 0x02,
  OCTET_STRING: 0x04,
  NULL: 0x05,
  OBJECT_IDENTIFIER: 0x06,
  SEQUENCE: 0x30,
  SET: 0x31,
  context: (number: number): number => 0xa0 | number,
} as const;

const header = (tag: number, length: number): Buffer => {
  if (length < 0x80) return Buffer.from([tag, length]);
  const digits = length.toString(16);
  const octets = Buffer.from(digits.padStart(digits.length + (digits.length % 2), '0'), 'hex');
  return Buffer.concat([Buffer.from([tag, 0x80 | octets.length]), octets]);
};

/** A definite-length value of the given parts. */
export const der = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([header(tag, length), ...parts]);
};

const MAX_DEPTH = 64;

/** Reads the value at the start of `bytes`; what follows it is ignored. BER's indefinite length is accepted. */
export const readDer = (bytes: Uint8Array, depth = 0): DerNode => {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tag = buffer[0];
  const first = buffer[1];
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f || depth > MAX_DEPTH) {
    throw new DerError('value expected');
  }
  if (first === 0x80) return readIndefinite(buffer, tag, depth);
  let length = first;
  let start = 2;
  if (first > 0x80) {
    const octets = first & 0x7f;
    if (octets > 4 || buffer.length < 2 + octets) throw new DerError('length');
    length = buffer.readUIntBE(2, octets);
    start = 2 + octets;
  }
  if (start + length > buffer.length) throw new DerError('value is cut short');
  return { tag, raw: buffer.subarray(0, start + length), content: buffer.subarray(start, start + length) };
};

const readIndefinite = (buffer: Buffer, tag: number, depth: number): DerNode => {
  let at = 2;
  while (buffer[at] !== 0 || buffer[at + 1] !== 0) at += readDer(buffer.subarray(at), depth + 1).raw.length;
  return { tag, raw: buffer.subarray(0, at + 2), content: buffer.subarray(2, at) };
};

/** The values inside a constructed value. */
export const derChildren = (node: DerNode): DerNode[] => {
  const children: DerNode[] = [];
  for (let at = 0; at < node.content.length;) {
    const child = readDer(node.content.subarray(at));
    children.push(child);
    at += child.raw.length;
  }
  return children;
};

/** The children when the tag is as expected. */
export const expectChildren = (node: DerNode | undefined, tag: number): DerNode[] => {
  if (node?.tag !== tag) throw new DerError(`tag ${tag.toString(16)} expected`);
  return derChildren(node);
};

/** Content of a primitive value of the expected tag; a constructed OCTET STRING (BER) is joined. */
export const expectContent = (node: DerNode | undefined, tag: number): Buffer => {
  if (node?.tag === tag) return node.content;
  if (tag === derTag.OCTET_STRING && node?.tag === (tag | 0x20)) {
    return Buffer.concat(derChildren(node).map((part) => expectContent(part, tag)));
  }
  throw new DerError(`tag ${tag.toString(16)} expected`);
};

export const derInteger = (value: number): Buffer => {
  const digits = value.toString(16);
  const octets = Buffer.from(digits.padStart(digits.length + (digits.length % 2), '0'), 'hex');
  return der(derTag.INTEGER, ...((octets[0] ?? 0) & 0x80 ? [Buffer.from([0])] : []), octets);
};

export const derObjectIdentifier = (dotted: string): Buffer => {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const octets: number[] = [];
  for (const arc of [first * 40 + second, ...rest]) {
    const groups = [arc & 0x7f];
    for (let value = Math.floor(arc / 128); value > 0; value = Math.floor(value / 128))
      groups.unshift((value & 0x7f) | 0x80);
    octets.push(...groups);
  }
  return der(derTag.OBJECT_IDENTIFIER, Buffer.from(octets));
};

export const readObjectIdentifier = (node: DerNode | undefined): string => {
  const content = expectContent(node, derTag.OBJECT_IDENTIFIER);
  const arcs: number[] = [];
  let value = 0;
  for (const octet of content) {
    value = value * 128 + (octet & 0x7f);
    if (value > Number.MAX_SAFE_INTEGER) throw new DerError('object identifier');
    if (octet < 0x80) {
      arcs.push(value);
      value = 0;
    }
  }
  const [first = 0, ...rest] = arcs;
  const root = Math.min(2, Math.floor(first / 40));
  return [root, first - root * 40, ...rest].join('.');
};
