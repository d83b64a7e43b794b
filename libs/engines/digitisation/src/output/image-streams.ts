import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { createDeflate } from 'node:zlib';
import sharp, { type Metadata } from 'sharp';

/** A picture as a PDF image stream: dictionary entries, and bytes that are the file's own wherever that is possible. */
export interface ImageStream {
  readonly dictionary: string;
  readonly data: AsyncIterable<Uint8Array>;
}

const sizeOf = (width: number, height: number): string =>
  `/Type /XObject /Subtype /Image /Width ${width} /Height ${height}`;

/** Adobe writes CMYK JPEGs inverted and marks them with an APP14 segment. */
const hasAdobeMarker = async (path: string): Promise<boolean> => {
  const file = await open(path);
  try {
    const { buffer } = await file.read(Buffer.alloc(65_536), 0, 65_536, 0);
    return buffer.includes('Adobe\0', 0, 'latin1');
  } finally {
    await file.close();
  }
};

/** The JPEG file itself, byte for byte. */
export const jpegStream = async (path: string, metadata: Metadata): Promise<ImageStream> => {
  const channels = metadata.channels ?? 3;
  const space = channels === 1 ? '/DeviceGray' : channels === 4 ? '/DeviceCMYK' : '/DeviceRGB';
  const decode = channels === 4 && (await hasAdobeMarker(path)) ? ' /Decode [1 0 1 0 1 0 1 0]' : '';
  return {
    dictionary: `${sizeOf(metadata.width ?? 0, metadata.height ?? 0)} /ColorSpace ${space} /BitsPerComponent 8${decode} /Filter /DCTDecode`,
    data: createReadStream(path),
  };
};

interface PngChunk {
  readonly type: string;
  readonly start: number;
  readonly length: number;
}

const pngChunks = async (path: string): Promise<{ header: Buffer; palette: Buffer; chunks: readonly PngChunk[] }> => {
  const file = await open(path);
  const read = async (start: number, length: number): Promise<Buffer> =>
    (await file.read(Buffer.alloc(length), 0, length, start)).buffer;
  try {
    const chunks: PngChunk[] = [];
    for (let at = 8; chunks.at(-1)?.type !== 'IEND';) {
      const head = await read(at, 8);
      const chunk = { type: head.toString('latin1', 4), start: at + 8, length: head.readUInt32BE(0) };
      chunks.push(chunk);
      at = chunk.start + chunk.length + 4;
    }
    const palette = chunks.find((chunk) => chunk.type === 'PLTE');
    return {
      header: await read(16, 13),
      palette: palette ? await read(palette.start, palette.length) : Buffer.alloc(0),
      chunks,
    };
  } finally {
    await file.close();
  }
};

/**
 * A PNG's own compressed data, which PDF reads as Flate with PNG predictors (ISO 32000-1 s. 7.4.4.4); undefined for
 * interlaced or transparent ones, whose pixels have to be written anew.
 */
export const pngStream = async (path: string): Promise<ImageStream | undefined> => {
  const { header, palette, chunks } = await pngChunks(path);
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const [depth, colourType, , , interlace] = header.subarray(8);
  const opaque = colourType === 0 || colourType === 2 || colourType === 3;
  if (!opaque || interlace !== 0 || chunks.some((chunk) => chunk.type === 'tRNS')) return undefined;
  const colours = colourType === 2 ? 3 : 1;
  const space =
    colourType === 3
      ? `[/Indexed /DeviceRGB ${palette.length / 3 - 1} <${palette.toString('hex')}>]`
      : colourType === 2
        ? '/DeviceRGB'
        : '/DeviceGray';
  const parameters = `<< /Predictor 15 /Colors ${colours} /BitsPerComponent ${depth} /Columns ${width} >>`;
  return {
    dictionary: `${sizeOf(width, height)} /ColorSpace ${space} /BitsPerComponent ${depth} /Filter /FlateDecode /DecodeParms ${parameters}`,
    data: (async function* () {
      for (const { type, start, length } of chunks)
        if (type === 'IDAT' && length > 0) yield* createReadStream(path, { start, end: start + length - 1 });
    })(),
  };
};

const packBits = (grey: Uint8Array, width: number, height: number): Buffer => {
  const stride = Math.ceil(width / 8);
  const packed = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1)
      if (grey[y * width + x]! >= 128) packed[y * stride + (x >> 3)]! |= 0x80 >> (x & 7);
  return packed;
};

/** The pixels, deflated: no loss, 1, 8 or 16 bits a channel as in the source; transparency is laid on white. */
export const pixelStream = async (path: string, page: number, metadata: Metadata): Promise<ImageStream> => {
  const deep = metadata.depth === 'ushort';
  const grey = (metadata.channels ?? 3) < 3;
  const space = deep ? (grey ? 'grey16' : 'rgb16') : grey ? 'b-w' : 'srgb';
  const { data, info } = await sharp(path, { page, limitInputPixels: false })
    .keepIccProfile()
    .flatten({ background: 'white' })
    .toColourspace(space)
    .raw(deep ? { depth: 'ushort' } : {})
    .toBuffer({ resolveWithObject: true });
  const bilevel = metadata.bitsPerSample === 1 && info.channels === 1;
  // PDF samples of 16 bits are big-endian; sharp gives the machine's order.
  const samples = bilevel ? packBits(data, info.width, info.height) : deep ? data.swap16() : data;
  const bits = bilevel ? 1 : deep ? 16 : 8;
  const device = info.channels === 1 ? '/DeviceGray' : '/DeviceRGB';
  return {
    dictionary: `${sizeOf(info.width, info.height)} /ColorSpace ${device} /BitsPerComponent ${bits} /Filter /FlateDecode`,
    data: Readable.from([samples]).pipe(createDeflate()),
  };
};
