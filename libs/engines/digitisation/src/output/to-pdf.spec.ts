import { readdir, readFile } from 'node:fs/promises';
import { afterAll, describe, expect, it } from '@jest/globals';
import { PDFDocument, PDFName, PDFRawStream } from '@cantoo/pdf-lib';
import sharp, { type Sharp } from 'sharp';
import { a4At200, a4Points, drawPage, pdfOfJpegs, save, workFolder } from '../../test/fixtures.js';
import { inspectFile } from '../inspection/inspect-file.js';
import { defaultInspectionLimits, type Inspection } from '../inspection/inspection.js';
import { renderPage } from '../rendering/render-page.js';
import { toPdf } from './to-pdf.js';

const folder = await workFolder();
afterAll(() => folder.remove());

const converted = async (
  name: string,
  bytes: Uint8Array,
): Promise<{ before: Inspection; after: Inspection; path: string; pdf: Buffer }> => {
  const path = folder.path(`${name}.pdf`);
  await save(folder.path(name), bytes);
  const before = await inspectFile(folder.path(name), defaultInspectionLimits);
  await toPdf(folder.path(name), before, path);
  return { before, after: await inspectFile(path, defaultInspectionLimits), path, pdf: await readFile(path) };
};

const images = async (pdf: Uint8Array): Promise<PDFRawStream[]> =>
  (await PDFDocument.load(pdf)).context
    .enumerateIndirectObjects()
    .map(([, object]) => object)
    .filter((object) => object instanceof PDFRawStream)
    .filter(({ dict }) => dict.get(PDFName.of('Subtype')) === PDFName.of('Image'));

/** Pixels of a page at the scan's own resolution, to be compared with those that went in. */
const pixelsOf = async (path: string, page: number, dpi: number): Promise<Buffer> =>
  Buffer.from((await renderPage(path, page, dpi)).pixels);

const rgb = (image: Sharp): Promise<Buffer> => image.clone().toColourspace('srgb').raw().toBuffer();

describe('making one PDF of a scan (FR-11)', () => {
  it('passes a PDF through byte for byte', async () => {
    const jpeg = await drawPage(a4At200).jpeg().toBuffer();
    const bytes = await (await pdfOfJpegs([{ jpeg, ...a4Points }])).save();
    const { pdf } = await converted('scan', bytes);
    expect(pdf.equals(bytes)).toBe(true);
  });

  it('embeds a JPEG byte for byte, at 100 % of its paper', async () => {
    const jpeg = await drawPage({ ...a4At200, seal: true })
      .withMetadata({ density: 200 })
      .jpeg()
      .toBuffer();
    const { after, pdf } = await converted('scan.jpg', jpeg);
    const [image] = await images(pdf);
    expect(Buffer.from(image!.contents).equals(jpeg)).toBe(true);
    expect(after.pdf).toMatchObject({ version: '1.7', javaScript: false });
    expect(after.pages[0]).toMatchObject({ pixelWidth: 1654, storedAs: 'COLOUR', content: 'COLOUR', decision: 'ocr' });
    expect(Math.round(after.pages[0]?.dpi ?? 0)).toBe(200);
    expect(Math.round(after.pages[0]?.widthPoints ?? 0)).toBe(595);
  });

  it.each([3, 6, 8])('shows a photo upright that was taken with EXIF orientation %d', async (orientation) => {
    const upright = drawPage({ width: 900, height: 1200, seal: true });
    const turned = { 3: 180, 6: 270, 8: 90 }[orientation]!;
    const stored = await sharp(await upright.png().toBuffer())
      .rotate(turned)
      .withMetadata({ orientation, density: 150 })
      .jpeg({ quality: 95 })
      .toBuffer();
    const { path, after } = await converted(`photo${orientation}.jpg`, stored);
    const page = await renderPage(path, 1, 150);
    expect([page.width, page.height]).toEqual([900, 1200]);
    const small = (image: Sharp): Promise<Buffer> =>
      image.resize(60, 80, { fit: 'fill' }).toColourspace('srgb').raw().toBuffer();
    const seen = await small(sharp(Buffer.from(page.pixels), { raw: { width: 900, height: 1200, channels: 3 } }));
    const distance = async (image: Sharp): Promise<number> => {
      const other = await small(image);
      return seen.reduce((sum, value, index) => sum + Math.abs(value - other[index]!), 0);
    };
    const png = await upright.clone().png().toBuffer();
    const right = await distance(sharp(png));
    for (const wrong of [sharp(png).flip(), sharp(png).flop(), sharp(png).rotate(180)])
      expect(right * 2).toBeLessThan(await distance(wrong));
    expect(Math.abs(after.pages[0]?.skewDegrees ?? 9)).toBeLessThan(0.15);
  });

  it('keeps every pixel of a colour PNG by copying its compressed data', async () => {
    const page = drawPage({ ...a4At200, seal: true });
    const png = await page.clone().withMetadata({ density: 200 }).png().toBuffer();
    const { path, pdf } = await converted('scan.png', png);
    expect((await pixelsOf(path, 1, 200)).equals(await rgb(page))).toBe(true);
    expect(pdf.length).toBeLessThan(png.length + 2000);
  });

  it.each([
    ['with a palette', { palette: true }],
    ['that is interlaced', { progressive: true }],
  ])('keeps every pixel of a PNG %s', async (name, options) => {
    const png = await drawPage({ width: 400, height: 600, seal: true })
      .withMetadata({ density: 100 })
      .png(options)
      .toBuffer();
    const { path } = await converted(`${name}.png`, png);
    expect((await pixelsOf(path, 1, 100)).equals(await rgb(sharp(png).flatten()))).toBe(true);
  });

  it('lays a transparent PNG on white', async () => {
    const clear = { width: 400, height: 600, channels: 4 as const, background: { r: 0, g: 0, b: 0, alpha: 0 } };
    const png = await sharp({ create: clear }).withMetadata({ density: 100 }).png().toBuffer();
    const { path } = await converted('clear.png', png);
    expect((await pixelsOf(path, 1, 100)).every((value) => value === 255)).toBe(true);
  });

  it('makes a page of each page of a TIFF, without loss', async () => {
    const first = drawPage({ width: 500, height: 700, seal: true });
    const second = drawPage({ width: 500, height: 700, skew: 2 });
    const pages = await Promise.all([first, second].map((page) => page.clone().png().toBuffer()));
    const tiff = await sharp(pages, { join: { animated: true } })
      .withMetadata({ density: 100 })
      .tiff({ compression: 'lzw' })
      .toBuffer();
    const { path, after } = await converted('pages.tiff', tiff);
    expect(after.pageCount).toBe(2);
    expect((await pixelsOf(path, 1, 100)).equals(await rgb(first))).toBe(true);
    expect((await pixelsOf(path, 2, 100)).equals(await rgb(second))).toBe(true);
  });

  it('keeps a fax at one bit a pixel, and grey of 16 bits at 16', async () => {
    const fax = await drawPage({ width: 501, height: 700, paper: 'white' })
      .toColourspace('b-w')
      .threshold(128)
      .tiff({ bitdepth: 1, compression: 'ccittfax4' })
      .toBuffer();
    const deep = await drawPage({ width: 501, height: 700 })
      .toColourspace('grey16')
      .tiff({ compression: 'deflate' })
      .toBuffer();
    const [one] = await images((await converted('fax.tiff', fax)).pdf);
    const [sixteen] = await images((await converted('deep.tiff', deep)).pdf);
    expect(String(one?.dict.get(PDFName.of('BitsPerComponent')))).toBe('1');
    expect(String(sixteen?.dict.get(PDFName.of('BitsPerComponent')))).toBe('16');
    expect((await inspectFile(folder.path('fax.tiff.pdf'), defaultInspectionLimits)).pages[0]).toMatchObject({
      storedAs: 'BILEVEL',
      blank: false,
    });
  });

  it('leaves nothing behind when it cannot finish', async () => {
    await save(folder.path('late.png'), await drawPage(a4At200).png().toBuffer());
    const inspection = await inspectFile(folder.path('late.png'), defaultInspectionLimits);
    const limits = { timeoutMs: 1, memoryMb: 512 };
    const late = toPdf(folder.path('late.png'), inspection, folder.path('late.pdf'), { limits });
    await expect(late).rejects.toMatchObject({ code: 'conversion-timed-out' });
    expect((await readdir(folder.path('.'))).filter((name) => name.startsWith('late'))).toEqual(['late.png']);
  });

  it('does not convert what did not pass inspection', async () => {
    const refused: Inspection = { bytes: 0, obstacle: 'EMPTY', pageCount: 0, largestPixels: 0, pages: [] };
    await expect(toPdf(folder.path('x'), refused, folder.path('x.pdf'))).rejects.toMatchObject({
      code: 'conversion-failed',
    });
  });
});
