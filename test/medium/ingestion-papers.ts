import { deflateSync, crc32 } from 'node:zlib';
import { PDFDocument, PDFName, PDFString } from '@cantoo/pdf-lib';
import sharp from 'sharp';
import { toPdf } from '../fixtures/samples/containers.js';
import { type PageImage, renderPdf } from '../fixtures/samples/scanner.js';
import { embedFonts, ink, Sheet } from '../fixtures/samples/sheet.js';

/** Scans of one page per list of lines, in colour. */
const drawn = async (pages: readonly (readonly string[])[], dpi: number): Promise<PageImage[]> => {
  const document = await PDFDocument.create();
  const fonts = await embedFonts(document);
  for (const lines of pages) {
    const sheet = new Sheet(document.addPage([595.28, 841.89]), fonts);
    sheet.nation(undefined, 105);
    lines.forEach((line, index) =>
      sheet.text(105, 60 + index * 12, line, { size: 16, style: 'bold', align: 'center' }),
    );
    // A stamp of red makes it a colour scan, whatever the text.
    sheet.box(20, 250, 30, 20, { border: ink.red, thickness: 3 });
  }
  const clean = await renderPdf(await document.save(), dpi);
  return Promise.all(
    clean.map(async (page) => {
      const { data, width, height } = page;
      const paper = sharp(data, { raw: { width, height, channels: 3 } }).linear([0.95, 0.95, 0.92], [0, 0, 0]);
      return { ...page, data: await paper.raw().toBuffer() };
    }),
  );
};

/** A PDF as a desk scanner makes it. */
export const scannedPdf = async (pages: readonly (readonly string[])[], dpi = 210): Promise<Uint8Array> =>
  toPdf(await drawn(pages, dpi), 75, 'Bản quét');

/** The same picture without a trace of colour. */
export const greyJpeg = async (lines: readonly string[]): Promise<Buffer> => {
  const [page] = await drawn([lines], 210);
  const { data, width, height } = page!;
  return sharp(data, { raw: { width, height, channels: 3 } })
    .greyscale()
    .withMetadata({ density: 210 })
    .jpeg()
    .toBuffer();
};

export const pdfWithJavaScript = async (): Promise<Uint8Array> => {
  const document = await PDFDocument.load(await scannedPdf([['GIẤY KHAI SINH']]));
  document.catalog.set(
    PDFName.of('OpenAction'),
    document.context.obj({ S: 'JavaScript', JS: PDFString.of('app.alert(1)') }),
  );
  return document.save({ useObjectStreams: false });
};

export const encryptedPdf = async (): Promise<Uint8Array> => {
  const document = await PDFDocument.load(await scannedPdf([['GIẤY KHAI SINH']]));
  document.encrypt({ userPassword: 'mo-khoa', ownerPassword: 'chu' });
  return document.save({ useObjectStreams: false });
};

const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
};

/** A few kilobytes that ask for 4.8 gigabytes of memory: 40,000 x 40,000 pixels, RGB. */
export const pngBomb = (): Buffer => {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(40_000, 0);
  header.writeUInt32BE(40_000, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const data = deflateSync(Buffer.alloc(1_000_000), { level: 9 });
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ]);
};
