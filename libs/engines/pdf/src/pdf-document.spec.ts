import { deflateSync } from 'node:zlib';
import { PDFDocument } from '@cantoo/pdf-lib';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DomainError } from '#kernel';
import { appendRevision, handwrittenPdf, onePage, stream } from '../test/handwritten-pdf.js';
import { defaultPdfLimits, PdfDict, PdfDocument, PdfName, PdfRef, PdfStream } from './index.js';

const codeOf = (action: () => unknown): string => {
  try {
    action();
  } catch (error) {
    return error instanceof DomainError ? error.code : `not a DomainError: ${String(error)}`;
  }
  return 'nothing thrown';
};

/** A hybrid file (ISO 32000-2, 7.5.8.4): object 6 is hidden from the table and shown by the stream. */
const hybridPdf = (): Buffer => {
  const base = handwrittenPdf(onePage());
  const text = base.toString('latin1');
  const body = text.slice(0, text.indexOf('xref\n'));
  const hiddenAt = body.length;
  const hidden = `6 0 obj\n(shown by the stream)\nendobj\n`;
  const streamAt = hiddenAt + hidden.length;
  const entry = Buffer.alloc(7);
  entry[0] = 1;
  entry.writeUInt32BE(hiddenAt, 1);
  const xrefStream = Buffer.concat([
    Buffer.from(`7 0 obj\n<</Type /XRef /W [1 4 2] /Index [6 1] /Size 8 /Length 7>>\nstream\n`, 'latin1'),
    entry,
    Buffer.from('\nendstream\nendobj\n', 'latin1'),
  ]);
  const tail = text
    .slice(text.indexOf('xref\n'))
    .replace('/Size 6', `/Size 8 /XRefStm ${streamAt}`)
    .replace('trailer', '6 1\n0000000000 00000 f \ntrailer')
    .replace(/startxref\n\d+/, `startxref\n${streamAt + xrefStream.length}`);
  return Buffer.concat([Buffer.from(body + hidden, 'latin1'), xrefStream, Buffer.from(tail, 'latin1')]);
};

describe('reading at cross-reference level', () => {
  it.each([false, true])('finds catalog and pages (object streams: %s)', async (useObjectStreams) => {
    const made = await PDFDocument.create();
    for (let index = 0; index < 30; index++) made.addPage([300 + index, 400]);
    const document = PdfDocument.open(await made.save({ useObjectStreams }));
    expect(document.pageCount).toBe(30);
    expect(document.page(17).geometry.width).toBe(317);
    expect(document.revisions).toHaveLength(1);
    expect(document.newestSection.kind).toBe(useObjectStreams ? 'STREAM' : 'TABLE');
  });

  it('reads hybrid files: the stream shows what the table hides', () => {
    const document = PdfDocument.open(hybridPdf());
    expect(document.resolve(new PdfRef(6))).toMatchObject({ bytes: Buffer.from('shown by the stream') });
    expect(document.pageCount).toBe(1);
  });

  it('shows every revision as it was', () => {
    const first = handwrittenPdf(onePage());
    const second = appendRevision(first, { 2: '<</Type /Pages /Kids [3 0 R 6 0 R] /Count 2>>', 6: onePage()[3] ?? '' });
    const document = PdfDocument.open(second);
    expect(document.revisions.map(({ end }) => end)).toEqual([first.length - 1, second.length - 1]);
    expect(document.revisions.map(({ endWithNewline }) => endWithNewline)).toEqual([first.length, second.length]);
    expect(document.pageCount).toBe(2);
    expect(document.at(0).pageCount).toBe(1);
    expect(document.at(0).resolve(new PdfRef(6))).toBeNull();
  });

  it('skips whole subtrees by their count and inherits boxes', () => {
    const document = PdfDocument.open(
      handwrittenPdf({
        1: '<</Type /Catalog /Pages 2 0 R>>',
        2: '<</Type /Pages /Kids [3 0 R 4 0 R] /Count 3 /MediaBox [0 0 100 200] /Rotate 90>>',
        3: '<</Type /Pages /Kids [5 0 R 6 0 R] /Count 2>>',
        4: '<</Type /Page /CropBox [10 10 60 60] /Rotate 0>>',
        5: '<</Type /Page>>',
        6: '<</Type /Page>>',
      }),
    );
    expect(document.page(1).geometry).toMatchObject({ rotation: 90, width: 200, height: 100 });
    expect(document.page(2).geometry).toMatchObject({ rotation: 0, visible: { x: 10, y: 10, width: 50, height: 50 } });
    expect(codeOf(() => document.page(3))).toBe('pdf-page-not-found');
    expect(codeOf(() => document.page(-1))).toBe('pdf-page-not-found');
  });

  it('reads strings, names, numbers and streams, and where strings stand', () => {
    const source = handwrittenPdf({
      ...onePage(),
      6: '<</A (a\\(b\\)\\101\\n) /B#20C [-1.5 +2 .5 true null] /D <4 1 4 2 5> /E 4 0 R>>',
    });
    const dict = PdfDocument.open(source).dict(new PdfRef(6)) ?? new PdfDict();
    expect(dict.get('A')).toMatchObject({ bytes: new Uint8Array(Buffer.from('a(b)A\n')) });
    expect(dict.get('B C')).toEqual([-1.5, 2, 0.5, true, null]);
    const hex = dict.get('D') as { bytes: Uint8Array; span: { start: number; end: number } };
    expect(Buffer.from(hex.bytes).toString('latin1')).toBe('ABP');
    expect(source.subarray(hex.span.start, hex.span.end).toString('latin1')).toBe('<4 1 4 2 5>');
    expect(PdfDocument.open(source).resolve(new PdfRef(4))).toBeInstanceOf(PdfStream);
  });

  it('does not believe a /Size that is too small', () => {
    const pdf = Buffer.from(handwrittenPdf(onePage()).toString('latin1').replace('/Size 6', '/Size 3'), 'latin1');
    expect(PdfDocument.open(pdf).size).toBe(6);
  });
});

describe('hostile and broken files end in a code', () => {
  const cyclicPages = handwrittenPdf({ ...onePage(), 3: '<</Type /Pages /Kids [2 0 R] /Count 1>>' });
  const deep = handwrittenPdf({ ...onePage(), 6: '['.repeat(5000) + ']'.repeat(5000) });
  const selfLength = handwrittenPdf({ ...onePage(), 6: '<</Length 6 0 R>>\nstream\nx\nendstream' });
  const bomb = deflateSync(Buffer.alloc(10_000_000)).toString('latin1');
  const bombed = handwrittenPdf({ ...onePage(), 6: stream(bomb, '/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode') });

  it.each([
    ['empty', Buffer.alloc(0), 'pdf-not-a-pdf'],
    ['another kind of file', Buffer.from('PK\x03\x04 something'), 'pdf-not-a-pdf'],
    ['header only', Buffer.from('%PDF-1.7\n'), 'pdf-damaged'],
    ['cut short', handwrittenPdf(onePage()).subarray(0, -40), 'pdf-damaged'],
    ['startxref beyond the end', Buffer.from('%PDF-1.7\nstartxref\n99999\n%%EOF'), 'pdf-damaged'],
    ['encrypted', handwrittenPdf(onePage(), '/Encrypt 9 0 R'), 'pdf-encrypted'],
    ['a /Prev that points to itself', handwrittenPdf(onePage(), '/Prev 398'), 'pdf-damaged'],
  ])('%s', (_, bytes, code) => {
    expect(codeOf(() => PdfDocument.open(bytes))).toBe(code);
  });

  it('a page tree that contains itself', () => {
    expect(codeOf(() => PdfDocument.open(cyclicPages).page(0))).toBe('pdf-damaged');
  });

  it('arrays nested thousands deep', () => {
    expect(codeOf(() => PdfDocument.open(deep).resolve(new PdfRef(6)))).toBe('pdf-too-complex');
  });

  it('a stream whose length is the stream', () => {
    expect(codeOf(() => PdfDocument.open(selfLength).resolve(new PdfRef(6)))).toBe('pdf-damaged');
  });

  it('a compressed stream that would fill the memory', () => {
    const limits = { ...defaultPdfLimits, inflatedBytes: 1_000_000 };
    const inner = bombed.toString('latin1');
    // The newest revision says object 9 lies in that stream.
    const entry = Buffer.from([2, 0, 0, 0, 6, 0, 0]);
    const previous = Number(/startxref\n(\d+)/.exec(inner)?.[1]);
    const head = `8 0 obj\n<</Type /XRef /W [1 4 2] /Index [9 1] /Size 10 /Root 1 0 R /Prev ${previous} /Length 7>>\nstream\n`;
    const file = Buffer.concat([
      bombed,
      Buffer.from(head, 'latin1'),
      entry,
      Buffer.from(`\nendstream\nendobj\nstartxref\n${bombed.length}\n%%EOF\n`, 'latin1'),
    ]);
    expect(codeOf(() => PdfDocument.open(file, limits).resolve(new PdfRef(9)))).toBe('pdf-too-complex');
  });

  it('any bytes changed anywhere: a reading or a code, never another error', async () => {
    const made = await PDFDocument.create();
    made.addPage([300, 400]);
    const files = [handwrittenPdf(onePage()), Buffer.from(await made.save({ useObjectStreams: true })), hybridPdf()];
    const edit = fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 }));
    fc.assert(
      fc.property(fc.nat(files.length - 1), fc.array(edit, { minLength: 1, maxLength: 8 }), (which, edits) => {
        const bytes = Buffer.from(files[which] ?? '');
        for (const [at, value] of edits) bytes[at % bytes.length] = value;
        const outcome = codeOf(() => {
          const document = PdfDocument.open(bytes);
          document.page(0);
          for (let number = 0; number < Math.min(document.size, 50); number++) document.resolve(new PdfRef(number));
        });
        expect(outcome).toMatch(/^(pdf-|nothing thrown)/);
      }),
      { numRuns: 500 },
    );
  });
});

describe('names', () => {
  it('are shown as written in a file', () => expect(String(new PdfName('Sig'))).toBe('/Sig'));
});
