import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  a4At200,
  a4Points,
  addLaunchAction,
  drawPage,
  hideJavaScript,
  pdfOfJpegs,
  pdfOfText,
  pngClaiming,
  save,
  workFolder,
} from '../../test/fixtures.js';
import { defaultInspectionLimits, type Inspection } from './inspection.js';
import { inspectFile } from './inspect-file.js';

const folder = await workFolder();
afterAll(() => folder.remove());

let jpeg: Buffer;
beforeAll(async () => {
  jpeg = await drawPage({ ...a4At200, seal: true })
    .jpeg()
    .toBuffer();
});

const inspected = async (name: string, bytes: Uint8Array, limits = {}): Promise<Inspection> => {
  await save(folder.path(name), bytes);
  return inspectFile(folder.path(name), { ...defaultInspectionLimits, ...limits });
};

const scanPdf = () => pdfOfJpegs([{ jpeg, ...a4Points }]);

describe('inspecting a file', () => {
  describe('goes by content, never by name (FR-11)', () => {
    it('sees a PNG in a file named .pdf', async () => {
      const png = await drawPage(a4At200).png().toBuffer();
      expect(await inspected('really-a-picture.pdf', png)).toMatchObject({ type: 'PNG', pageCount: 1 });
    });

    it.each([
      ['a Word file', Buffer.from('PK\x03\x04word/document.xml'), 'ZIP'],
      ['an iPhone photo', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0'), 'HEIC'],
      ['a web page', Buffer.from('<!DOCTYPE html><html></html>'), 'HTML'],
    ])('names what %s seems to be', async (_, bytes, seems) => {
      const inspection = await inspected('scan.pdf', bytes);
      expect(inspection).toMatchObject({ obstacle: 'TYPE_NOT_ACCEPTED', seems, pages: [] });
      expect(inspection.type).toBeUndefined();
    });
  });

  describe('measures scans', () => {
    it('takes the dpi from pixels over placed size, whatever the image says (FR-12)', async () => {
      const lying = await drawPage({ width: 1240, height: 1754 }).withMetadata({ density: 600 }).jpeg().toBuffer();
      const document = await pdfOfJpegs([
        { jpeg, ...a4Points },
        { jpeg: lying, ...a4Points },
      ]);
      const { pages } = await inspected('two.pdf', await document.save());
      expect(pages.map(({ dpi }) => Math.round(dpi ?? 0))).toEqual([200, 150]);
      expect(pages[0]).toMatchObject({ pixelWidth: 1654, pixelHeight: 2339, decision: 'ocr', blank: false });
    });

    it('tells colour, grey and black-and-white apart, also grey that is stored as RGB', async () => {
      const page = drawPage({ ...a4At200, paper: 'white' });
      const greyscale = page.clone().toColourspace('b-w');
      const bilevel = page.clone().toColourspace('b-w').threshold(128);
      const colours = async (name: string, bytes: Buffer) => (await inspected(name, bytes)).pages[0];
      expect(await colours('colour.jpg', jpeg)).toMatchObject({ storedAs: 'COLOUR', content: 'COLOUR' });
      expect(await colours('disguised.jpg', await page.clone().jpeg().toBuffer())).toMatchObject({
        storedAs: 'COLOUR',
        content: 'GREY',
      });
      expect(await colours('grey.jpg', await greyscale.jpeg().toBuffer())).toMatchObject({
        storedAs: 'GREY',
        content: 'GREY',
      });
      expect(await colours('fax.tiff', await bilevel.tiff({ bitdepth: 1 }).toBuffer())).toMatchObject({
        storedAs: 'BILEVEL',
        content: 'BILEVEL',
      });
    });

    it('finds blank pages, and does not call a page with only a red seal blank', async () => {
      const empty = await drawPage({ ...a4At200, empty: true })
        .jpeg()
        .toBuffer();
      const sealed = await drawPage({ ...a4At200, empty: true, seal: true })
        .jpeg()
        .toBuffer();
      const document = await pdfOfJpegs([
        { jpeg: empty, ...a4Points },
        { jpeg: sealed, ...a4Points },
      ]);
      const { pages } = await inspected('blank.pdf', await document.save());
      expect(pages.map(({ blank, decision }) => [blank, decision])).toEqual([
        [true, 'blank'],
        [false, 'ocr'],
      ]);
    });

    it.each([-4, -1, 0, 3])('estimates a skew of %d degrees', async (skew) => {
      const image = await drawPage({ ...a4At200, skew })
        .jpeg()
        .toBuffer();
      const [page] = (await inspected(`skew${skew}.jpg`, image)).pages;
      expect(Math.abs((page?.skewDegrees ?? 99) - skew)).toBeLessThan(0.15);
    });

    it('counts the pages of a TIFF, each with its own size', async () => {
      const tall = await drawPage(a4At200).png().toBuffer();
      const tiff = await sharpJoined([tall, tall, tall]);
      const inspection = await inspected('three.tiff', tiff);
      expect(inspection).toMatchObject({ type: 'TIFF', pageCount: 3 });
      expect(inspection.pages.map(({ number, pixelHeight }) => [number, pixelHeight])).toEqual([
        [1, 2339],
        [2, 2339],
        [3, 2339],
      ]);
    });

    it('keeps the text of a digital page and reads only the scanned one of a mixed file', async () => {
      const text = await pdfOfText([{ text: 'Văn bản điện tử có chữ đọc được, không cần nhận dạng.', x: 70, y: 700 }]);
      const document = await scanPdf();
      const { PDFDocument } = await import('@cantoo/pdf-lib');
      const [digital] = await document.copyPages(await PDFDocument.load(text), [0]);
      document.addPage(digital!);
      const { pages } = await inspected('mixed.pdf', await document.save());
      expect(pages.map(({ decision }) => decision)).toEqual(['ocr', 'keep-text']);
      expect(pages[1]?.textCharacters).toBeGreaterThan(30);
    });
  });

  describe('tells what a PDF carries (FR-11)', () => {
    it('is clean for a plain scan', async () => {
      const { pdf } = await inspected('plain.pdf', await (await scanPdf()).save());
      expect(pdf).toEqual({
        version: '1.7',
        encryption: 'NONE',
        javaScript: false,
        launchActions: false,
        embeddedFiles: false,
        signatures: 0,
        form: 'NONE',
      });
    });

    it('finds JavaScript in the name tree, and in a page action inside a compressed object stream', async () => {
      const open = await scanPdf();
      open.addJavaScript('hello', 'app.alert(1)');
      const hidden = await scanPdf();
      hideJavaScript(hidden);
      const bytes = await hidden.save({ useObjectStreams: true });
      expect(Buffer.from(bytes).includes('JavaScript')).toBe(false);
      expect((await inspected('js.pdf', await open.save())).pdf?.javaScript).toBe(true);
      expect((await inspected('hidden-js.pdf', bytes)).pdf?.javaScript).toBe(true);
    });

    it('finds launch actions and embedded files', async () => {
      const launching = await scanPdf();
      addLaunchAction(launching);
      const carrying = await scanPdf();
      await carrying.attach(Buffer.from('x'), 'x.txt', { mimeType: 'text/plain' });
      expect((await inspected('launch.pdf', await launching.save())).pdf).toMatchObject({
        launchActions: true,
        embeddedFiles: false,
      });
      expect((await inspected('carry.pdf', await carrying.save())).pdf).toMatchObject({
        launchActions: false,
        embeddedFiles: true,
      });
    });

    it('tells a file that asks for a password from one that is only protected by its owner', async () => {
      const locked = await scanPdf();
      locked.encrypt({ userPassword: 'secret', ownerPassword: 'owner' });
      const guarded = await scanPdf();
      guarded.encrypt({ userPassword: '', ownerPassword: 'owner', permissions: { printing: false } });
      expect(await inspected('locked.pdf', await locked.save())).toMatchObject({
        obstacle: 'PASSWORD',
        pdf: { encryption: 'PASSWORD' },
        pages: [],
      });
      const open = await inspected('guarded.pdf', await guarded.save());
      expect(open).toMatchObject({ pdf: { encryption: 'EMPTY_PASSWORD' }, pageCount: 1 });
      expect(open.obstacle).toBeUndefined();
    });
  });

  describe('stops before harm', () => {
    it('refuses an empty file', async () => {
      expect(await inspected('empty.pdf', Buffer.alloc(0))).toMatchObject({ obstacle: 'EMPTY', bytes: 0 });
    });

    it('sees that a PDF, JPEG, PNG or TIFF was cut off', async () => {
      const page = drawPage(a4At200);
      const files: [string, Uint8Array][] = [
        ['cut.pdf', await (await scanPdf()).save()],
        ['cut.jpg', jpeg],
        ['cut.png', await page.clone().png().toBuffer()],
        ['cut.tiff', await page.clone().tiff({ compression: 'lzw' }).toBuffer()],
      ];
      for (const [name, bytes] of files) {
        const { obstacle } = await inspected(name, bytes.subarray(0, Math.floor(bytes.length * 0.6)));
        expect([name, obstacle]).toEqual([name, 'TRUNCATED']);
      }
    });

    it('sees that a PDF is damaged', async () => {
      expect(await inspected('damaged.pdf', Buffer.from('%PDF-1.7\nnothing here\n%%EOF\n'))).toMatchObject({
        obstacle: 'DAMAGED',
        pages: [],
      });
    });

    it('refuses a bomb of 40,000 x 40,000 pixels from its header', async () => {
      const bomb = pngClaiming(40_000, 40_000);
      expect(bomb.length).toBeLessThan(200);
      expect(await inspected('bomb.png', bomb)).toMatchObject({
        obstacle: 'IMAGE_TOO_LARGE',
        largestPixels: 1_600_000_000,
        pages: [],
      });
    });

    it('refuses too many bytes, pages or pixels', async () => {
      const bytes = await (await pdfOfJpegs([1, 2, 3].map(() => ({ jpeg, ...a4Points })))).save();
      expect((await inspected('big.pdf', bytes, { maxBytes: 1000 })).obstacle).toBe('FILE_TOO_LARGE');
      expect(await inspected('long.pdf', bytes, { maxPages: 2 })).toMatchObject({
        obstacle: 'TOO_MANY_PAGES',
        pageCount: 3,
      });
      expect((await inspected('fine.pdf', bytes, { maxPixels: 1_000_000 })).obstacle).toBe('IMAGE_TOO_LARGE');
    });

    it('gives up after the time limit, and when told to', async () => {
      await save(folder.path('slow.jpg'), jpeg);
      const limits = { ...defaultInspectionLimits, timeoutMs: 1 };
      await expect(inspectFile(folder.path('slow.jpg'), limits)).rejects.toMatchObject({
        code: 'inspection-timed-out',
      });
      const stop = AbortSignal.abort(new Error('the officer left'));
      await expect(inspectFile(folder.path('slow.jpg'), defaultInspectionLimits, stop)).rejects.toThrow('officer left');
    });

    it('says so when the file is not there', async () => {
      await expect(inspectFile(folder.path('nowhere.pdf'), defaultInspectionLimits)).rejects.toMatchObject({
        code: 'inspection-failed',
      });
    });
  });
});

const sharpJoined = async (pages: readonly Buffer[]): Promise<Buffer> => {
  const { default: sharp } = await import('sharp');
  return sharp([...pages], { join: { animated: true } })
    .tiff({ compression: 'lzw' })
    .toBuffer();
};

const corpus = process.env['KHOSO_CORPUS'];
if (corpus)
  describe('files that troubled other software (KHOSO_CORPUS)', () => {
    const of = (name: string): Promise<Inspection> =>
      inspectFile(join(corpus, 'ingest', name), defaultInspectionLimits);
    const decisions = async (name: string) => (await of(name)).pages.map(({ decision }) => decision);

    it('has an expectation here for every file of its index', async () => {
      const index = await readFile(join(corpus, 'ingest', 'INDEX.tsv'), 'utf8');
      const names = index
        .trim()
        .split('\n')
        .slice(1)
        .map((row) => row.split('\t')[0]);
      expect(names).toHaveLength(12);
    });

    it('accepts a form over a scan, a transparent PNG, CCITT and JBIG2 scans, and would read them', async () => {
      for (const name of [
        'ocrmypdf-acroform.pdf',
        'ocrmypdf-baiona_alpha.png',
        'ocrmypdf-ccitt.pdf',
        'ocrmypdf-jbig2.pdf',
      ])
        expect([name, await decisions(name)]).toEqual([name, ['ocr']]);
      expect((await of('ocrmypdf-acroform.pdf')).pdf?.form).toBe('ACROFORM');
      expect(await decisions('ocrmypdf-cardinal.pdf')).toEqual(['ocr', 'ocr', 'ocr', 'ocr']);
    });

    it('calls a header with nothing behind it damaged', async () => {
      expect((await of('ocrmypdf-invalid.pdf')).obstacle).toBe('DAMAGED');
    });

    it('keeps the text of a digital file, and reads one whose text layer is garbage', async () => {
      expect(await decisions('ocrmypdf-tagged.pdf')).toEqual(['keep-text', 'keep-text']);
      expect(await decisions('ocrmypdf-truetype_font_nomapping.pdf')).toEqual(['ocr']);
    });

    it('decides page by page in a mixed file', async () => {
      expect(await decisions('paperless-multi-page-mixed.pdf')).toEqual([
        'ocr',
        'ocr',
        'ocr',
        'keep-text',
        'keep-text',
        'keep-text',
      ]);
      expect(await decisions('paperless-patch-code-t-middle.pdf')).toEqual(['keep-text', 'ocr', 'keep-text']);
    });

    it('opens what is protected by its owner only, and sees the signature', async () => {
      expect(await of('docspell-protected-test123.pdf')).toMatchObject({
        pageCount: 13,
        pdf: { encryption: 'EMPTY_PASSWORD' },
      });
      expect((await of('paperless-signed.pdf')).pdf).toMatchObject({ encryption: 'EMPTY_PASSWORD', signatures: 1 });
    });
  });
