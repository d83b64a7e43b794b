import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { a4Points, pdfOfText, save, workFolder, type TextLine } from '../../test/fixtures.js';
import { editDistance } from '../extraction/edit-distance.js';
import { extractFields } from '../extraction/extract-fields.js';
import { inspectFile } from '../inspection/inspect-file.js';
import { defaultInspectionLimits } from '../inspection/inspection.js';
import { toPdf } from '../output/to-pdf.js';
import { transformPoint, type PageRaster } from '../rendering/page-raster.js';
import { dpiForReading, readPageText, renderPage } from '../rendering/render-page.js';
import type { OcrPage } from './ocr-engine.port.js';
import { TesseractJsEngine } from './tesseract-js.engine.js';

const folder = await workFolder();
const engine = new TesseractJsEngine();
afterAll(async () => {
  await engine.close();
  await folder.remove();
});

const texts = [
  'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
  'GIẤY XÁC NHẬN THÔNG TIN VỀ CƯ TRÚ',
  'Họ, chữ đệm, tên: TRẦN THỊ BÌNH',
  'Ngày, tháng, năm sinh: 20/08/1990',
  'Số định danh cá nhân: 042190000456',
  'Nơi cư trú: Số 12, đường Nguyễn Du, phường Thành Sen, tỉnh Hà Tĩnh',
  'Quyết định này có hiệu lực kể từ ngày ký, được gửi đến các đơn vị liên quan.',
  'This certificate is issued for the purpose of school registration.',
];
const lines = texts.map((text, index): TextLine => ({ text, x: 70, y: 740 - index * 45, bold: index < 2 }));

const page = async (): Promise<string> => {
  await save(folder.path('page.pdf'), await pdfOfText(lines));
  return folder.path('page.pdf');
};

/** Turned counter-clockwise on yellowish paper, compressed: what a careless scan looks like. */
const scanned = async (degrees: number, dpi: number): Promise<PageRaster> => {
  const clean = await renderPage(await page(), 1, dpi);
  const { data, info } = await sharp(Buffer.from(clean.pixels), {
    raw: { width: clean.width, height: clean.height, channels: 3 },
  })
    .affine(turn(degrees), { background: '#ffffff', interpolator: 'bicubic' })
    .resize(clean.width, clean.height, { fit: 'cover' })
    .linear([0.85, 0.83, 0.74], [8, 8, 8])
    .jpeg({ quality: 60 })
    .toBuffer()
    .then((jpeg) => sharp(jpeg).raw().toBuffer({ resolveWithObject: true }));
  return { ...clean, width: info.width, height: info.height, pixels: data };
};

const turn = (degrees: number): [number, number, number, number] => {
  const radians = (degrees * Math.PI) / 180;
  return [Math.cos(radians), Math.sin(radians), -Math.sin(radians), Math.cos(radians)];
};

const errorRate = (read: OcrPage, truth: string): number => {
  const found = read.lines.map(({ text }) => text).join(' ');
  return editDistance(found, truth, truth.length) / truth.length;
};

describe('reading a page', () => {
  it('reads Vietnamese with all its marks, and English, where they stand on the page', async () => {
    const read = await engine.recognise(await renderPage(await page(), 1, 200));
    expect(errorRate(read, texts.join(' '))).toBeLessThan(0.02);
    expect(read.words.every(({ text }) => text === text.normalize('NFC'))).toBe(true);
    expect(read.meanConfidence).toBeGreaterThan(0.85);
    const number = read.words.find(({ text }) => text.includes('042190000456'));
    expect(number?.confidence).toBeGreaterThan(0.8);
    // The line was set at y = 740 - 4 x 45 with type of 13 points.
    const [left, bottom, right, top] = number!.box;
    expect(bottom).toBeGreaterThan(556);
    expect(top).toBeLessThan(574);
    expect(left).toBeGreaterThan(185);
    expect(right).toBeLessThan(300);
  });

  it('reads a skewed, yellowed scan, and gives boxes on the page as scanned', async () => {
    const raster = await scanned(3, 200);
    const read = await engine.recognise(raster);
    expect(Math.abs(read.skewDegrees - 3)).toBeLessThan(0.3);
    expect(errorRate(read, texts.join(' '))).toBeLessThan(0.05);
    // The last line climbs to the right: its words stand ever higher on the scan, as they do on the paper.
    const climbing = read.lines.find(({ text }) => text.includes('school'))!.words;
    const [start, end] = [climbing[0]!.box, climbing.at(-1)!.box];
    expect((end[1] - start[1]) / (end[0] - start[0])).toBeCloseTo(Math.tan((3 * Math.PI) / 180), 1);
    const dark = (x: number, y: number): boolean => {
      const at = pixelAt(raster, x, y);
      return at < 150;
    };
    const word = read.words.find(({ text }) => text.includes('042190000456'))!;
    const [x0, y0, x1, y1] = word.box;
    const inside = samples(x0, x1).flatMap((x) => samples(y0, y1).map((y) => dark(x, y)));
    expect(inside.filter(Boolean).length).toBeGreaterThan(15);
  });

  it('goes the way of an upload: JPEG, inspection, PDF, reading, fields', async () => {
    const raster = await scanned(-1.5, 240);
    const jpeg = await sharp(Buffer.from(raster.pixels), {
      raw: { width: raster.width, height: raster.height, channels: 3 },
    })
      .withMetadata({ density: 240 })
      .jpeg({ quality: 80 })
      .toBuffer();
    await save(folder.path('upload.jpg'), jpeg);
    const inspection = await inspectFile(folder.path('upload.jpg'), defaultInspectionLimits);
    await toPdf(folder.path('upload.jpg'), inspection, folder.path('upload.pdf'));
    const read = await engine.recognise(
      await renderPage(folder.path('upload.pdf'), 1, dpiForReading(inspection.pages[0]!)),
    );
    const fields = extractFields(
      [read],
      {
        code: 'GT.000007',
        name: 'Giấy xác nhận thông tin về cư trú',
        fields: [{ key: 'hoTen', label: 'Họ tên', kind: 'text', anchors: ['Họ, chữ đệm, tên'] }],
        commonFields: [
          {
            key: 'dinhDanhChuGiayTo',
            label: 'Số định danh',
            kind: 'personalId',
            anchors: ['Số định danh cá nhân'],
          },
        ],
      },
      { applicantIdentifiers: ['042190000456'] },
    );
    expect(fields).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ key: 'hoTen', value: 'Trần Thị Bình', page: 1 }),
        expect.objectContaining({ key: 'dinhDanhChuGiayTo', value: '042190000456' }),
        expect.objectContaining({ key: 'tenGiayTo', value: 'Giấy xác nhận thông tin về cư trú' }),
      ]),
    );
  });

  it('reads the sample scan of a birth certificate', async () => {
    const sample = (name: string): string =>
      fileURLToPath(new URL(`../../../../../config/samples/${name}`, import.meta.url));
    const truth = JSON.parse(await readFile(sample('giay-khai-sinh.json'), 'utf8')) as {
      file: string;
      text: string[][];
    };
    const inspection = await inspectFile(sample(truth.file), defaultInspectionLimits);
    const read = await engine.recognise(await renderPage(sample(truth.file), 1, dpiForReading(inspection.pages[0]!)));
    const words = new Set(read.words.map(({ text }) => text));
    const wanted = truth.text[0]!.flatMap((line) => line.split(' '));
    expect(wanted.filter((word) => words.has(word)).length / wanted.length).toBeGreaterThan(0.9);
  });

  it('takes the words of a digital page from the file, in the same shape', async () => {
    const read = await readPageText(await page(), 1);
    expect(read.lines.map(({ text }) => text)).toEqual(texts);
    expect(read.meanConfidence).toBe(1);
    expect(read.words[0]?.box[1]).toBeGreaterThan(735);
    expect(read.words[0]?.box[3]).toBeLessThan(755);
    await expect(readPageText(await page(), 2)).rejects.toMatchObject({ code: 'page-not-readable' });
  });
});

describe('an engine under stress', () => {
  const blank: PageRaster = {
    width: 800,
    height: 1100,
    channels: 1,
    pixels: new Uint8Array(800 * 1100).fill(255),
    dpi: 96,
    toPage: [0.75, 0, 0, -0.75, 0, a4Points.height],
  };

  it('finds no words on an empty page', async () => {
    expect(await engine.recognise(blank)).toMatchObject({ words: [], lines: [], meanConfidence: 0 });
  });

  it('stops a page that takes too long, and reads the next one', async () => {
    const hasty = new TesseractJsEngine({ pageTimeoutMs: 5 });
    await expect(hasty.recognise(blank)).rejects.toMatchObject({ code: 'ocr-timed-out' });
    await expect(hasty.recognise(blank)).rejects.toMatchObject({ code: 'ocr-timed-out' });
    await hasty.close();
    expect((await engine.recognise(blank)).words).toEqual([]);
  });

  it('stops when told to, keeps order among more pages than workers, and starts fresh processes', async () => {
    const small = new TesseractJsEngine({ workers: 2, pagesPerProcess: 1 });
    const stop = new AbortController();
    const pages = [1, 2, 3].map(() => small.recognise(blank));
    const last = small.recognise(blank, { signal: stop.signal });
    stop.abort(new Error('cancelled'));
    await expect(last).rejects.toThrow('cancelled');
    expect(await Promise.all(pages)).toHaveLength(3);
    await small.close();
    await expect(small.recognise(blank)).rejects.toMatchObject({ code: 'ocr-engine-closed' });
  });

  it('gives up running pages when closed', async () => {
    const closing = new TesseractJsEngine();
    const running = closing.recognise(blank);
    await closing.close();
    await expect(running).rejects.toMatchObject({ code: 'ocr-engine-closed' });
  });

  it('calls a page without pixels a failure of its own', async () => {
    const broken = new TesseractJsEngine();
    await expect(broken.recognise({ ...blank, pixels: new Uint8Array(0) })).rejects.toMatchObject({
      code: 'ocr-failed',
    });
    await broken.close();
  });
});

const samples = (from: number, to: number): number[] =>
  Array.from({ length: 21 }, (_, index) => from + ((to - from) * index) / 20);

const pixelAt = (raster: PageRaster, x: number, y: number): number => {
  const [originX, originY] = transformPoint(raster.toPage, 0, 0);
  const column = Math.round((x - originX) / raster.toPage[0]);
  const row = Math.round((y - originY) / raster.toPage[3]);
  return raster.pixels[(row * raster.width + column) * 3] ?? 255;
};
