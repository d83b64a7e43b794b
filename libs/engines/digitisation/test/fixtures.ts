import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import { PDFDocument, PDFName, PDFString } from '@cantoo/pdf-lib';
import fontkit from '@pdf-lib/fontkit';
import sharp from 'sharp';
import type { OcrPage, OcrWord } from '../src/ocr/ocr-engine.port.js';
import { pageOfWords } from '../src/ocr/page-of-words.js';

/** Folder of one test file. */
export const workFolder = async (): Promise<{ path: (name: string) => string; remove: () => Promise<void> }> => {
  const folder = await mkdtemp(join(tmpdir(), 'khoso-digitisation-'));
  return { path: (name) => join(folder, name), remove: () => rm(folder, { recursive: true, force: true }) };
};

export interface PageDrawing {
  readonly width: number;
  readonly height: number;
  /** Degrees counter-clockwise. */
  readonly skew?: number;
  readonly paper?: string;
  readonly ink?: string;
  /** With a red seal. */
  readonly seal?: boolean;
  readonly empty?: boolean;
}

/** A4 at 200 dpi. */
export const a4At200 = { width: 1654, height: 2339 };

/** A page of bars where words would be: no font is needed, and everything but reading can be tried on it. */
export const drawPage = ({ width, height, skew = 0, paper = '#f4f1e8', ink = '#202020', seal, empty }: PageDrawing) => {
  const unit = width / 60;
  const words: string[] = [];
  for (let line = 0; line < 30 && !empty; line += 1)
    for (let word = 0, x = 8; x < 46; word += 1) {
      const length = 2 + ((line * 7 + word * 3) % 4);
      const y = (8 + line * 2.2) * unit;
      words.push(`<rect x="${x * unit}" y="${y}" width="${length * unit}" height="${unit * 0.8}"/>`);
      x += length + 1;
    }
  const circle = `<circle cx="${42 * unit}" cy="${height - 20 * unit}" r="${5 * unit}" fill="none" stroke="#d01818" stroke-width="${unit}"/>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <rect width="100%" height="100%" fill="${paper}"/>
    <g transform="rotate(${-skew} ${width / 2} ${height / 2})" fill="${ink}">${words.join('')}${seal ? circle : ''}</g></svg>`;
  return sharp(Buffer.from(svg)).flatten({ background: 'white' });
};

/** One image a page, placed at the size given in points. */
export const pdfOfJpegs = async (
  images: readonly { readonly jpeg: Uint8Array; readonly width: number; readonly height: number }[],
): Promise<PDFDocument> => {
  const document = await PDFDocument.create();
  for (const { jpeg, width, height } of images) {
    const page = document.addPage([width, height]);
    page.drawImage(await document.embedJpg(jpeg), { x: 0, y: 0, width, height });
  }
  return document;
};

export const a4Points = { width: 595.28, height: 841.89 };

const pngChunk = (type: string, data: Uint8Array): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.byteLength, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
};

/** A PNG of a few hundred bytes that claims to be `width` x `height` pixels. */
export const pngClaiming = (width: number, height: number): Buffer => {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(Buffer.alloc(64))),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
};

/** A page action with JavaScript, kept in a compressed object stream, where no search for words finds it. */
export const hideJavaScript = (document: PDFDocument): void => {
  const action = document.context.obj({ S: 'JavaScript', JS: PDFString.of('app.alert(1)') });
  document.getPage(0).node.set(PDFName.of('AA'), document.context.obj({ O: document.context.register(action) }));
};

export const addLaunchAction = (document: PDFDocument): void => {
  const action = document.context.obj({ S: 'Launch', F: PDFString.of('calc.exe') });
  document.catalog.set(PDFName.of('OpenAction'), document.context.register(action));
};

const fontFile = (name: string): Promise<Buffer> =>
  readFile(createRequire(import.meta.url).resolve(`@expo-google-fonts/tinos/${name}`));

export interface TextLine {
  readonly text: string;
  /** Points from the left and from the bottom of an A4 page. */
  readonly x: number;
  readonly y: number;
  readonly size?: number;
  readonly bold?: boolean;
}

/** A digital A4 page with Vietnamese text in Tinos (metrically Times New Roman). */
export const pdfOfText = async (lines: readonly TextLine[]): Promise<Uint8Array> => {
  const document = await PDFDocument.create();
  document.registerFontkit(fontkit);
  const regular = await document.embedFont(await fontFile('400Regular/Tinos_400Regular.ttf'));
  const bold = await document.embedFont(await fontFile('700Bold/Tinos_700Bold.ttf'));
  const page = document.addPage([a4Points.width, a4Points.height]);
  for (const line of lines)
    page.drawText(line.text, { x: line.x, y: line.y, size: line.size ?? 13, font: line.bold ? bold : regular });
  return document.save();
};

/** A recognised page from rows of text; `|` starts another column. Rows run down from the top, 20 points each. */
export const pageOfRows = (rows: readonly string[], confidence = 0.96): OcrPage =>
  pageOfWords(
    rows.map((row, index) => {
      const columns = row.split('|');
      return columns.flatMap((column, place): OcrWord[] => {
        let x = 60 + (place * 480) / columns.length;
        return column
          .trim()
          .split(/\s+/u)
          .filter((text) => text !== '')
          .map((text) => {
            const width = text.length * 5.5;
            const word: OcrWord = { text, confidence, box: [x, 788 - index * 20, x + width, 800 - index * 20] };
            x += width + 4;
            return word;
          });
      });
    }),
  );

export const save = writeFile;
