import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFDocument } from '@cantoo/pdf-lib';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { appendRevision, handwrittenPdf, onePage } from '../test/handwritten-pdf.js';
import {
  IncrementalWriter,
  name,
  PdfDict,
  PdfDocument,
  type PdfObject,
  PdfRaw,
  PdfRef,
  PdfStream,
  PdfString,
  textOf,
  textString,
} from './index.js';

const write = (pdf: Uint8Array, change: (writer: IncrementalWriter, document: PdfDocument) => void): Buffer => {
  const document = PdfDocument.open(pdf);
  const writer = new IncrementalWriter(document);
  change(writer, document);
  return Buffer.concat([pdf, writer.finish().appended]);
};

const identifiers = (document: PdfDocument): string[] | undefined =>
  document
    .array(document.trailer.get('ID'))
    ?.map((item) => (item instanceof PdfString ? Buffer.from(item.bytes).toString('hex') : ''));

const qpdfFindsNothing = (pdf: Uint8Array): boolean => {
  if (spawnSync('qpdf', ['--version']).error) {
    process.stderr.write('Not judged by qpdf: it is not installed (apt install qpdf).\n');
    return true;
  }
  const folder = mkdtempSync(join(tmpdir(), 'khoso-pdf-'));
  try {
    writeFileSync(join(folder, 'file.pdf'), pdf);
    return execFileSync('qpdf', ['--check', join(folder, 'file.pdf')], { encoding: 'utf8' }).includes('No syntax');
  } finally {
    rmSync(folder, { recursive: true });
  }
};

describe('appending a revision', () => {
  const sources: [string, 'TABLE' | 'STREAM', () => Promise<Uint8Array>][] = [
    ['a table', 'TABLE', () => Promise.resolve(handwrittenPdf(onePage(), '/ID [<01> <02>] /Info 5 0 R'))],
    ['two tables', 'TABLE', () => Promise.resolve(appendRevision(handwrittenPdf(onePage()), { 7: '(x)' }))],
    ['no line end after the last %%EOF', 'TABLE', () => Promise.resolve(handwrittenPdf(onePage()).subarray(0, -1))],
    [
      'a stream',
      'STREAM',
      async () => {
        const made = await PDFDocument.create();
        made.addPage();
        return made.save({ useObjectStreams: true });
      },
    ],
  ];

  it.each(sources)('after %s: same kind, earlier bytes untouched, right /Size and /Prev', async (_, kind, source) => {
    const before = await source();
    const old = PdfDocument.open(before);
    const after = write(before, (writer, document) => {
      const added = writer.add(new PdfDict([['Hello', textString('Xin chào')]]));
      writer.put(document.catalogRef, new PdfDict([...document.catalog, ['Test', added]]));
    });
    expect(after.subarray(0, before.length).equals(Buffer.from(before))).toBe(true);
    const document = PdfDocument.open(after);
    expect(document.newestSection.kind).toBe(kind);
    expect(document.trailer.get('Prev')).toBe(old.newestSection.offset);
    expect(document.trailer.get('Size')).toBe(document.newestSection.highest + 1);
    expect(identifiers(document)).toEqual(identifiers(old));
    expect(document.trailer.get('Info')).toEqual(old.trailer.get('Info'));
    expect(textOf(document.dict(document.catalog.get('Test'))?.get('Hello'))).toBe('Xin chào');
    expect(document.at(old.revisions.length - 1).catalog.has('Test')).toBe(false);
    expect(qpdfFindsNothing(after)).toBe(true);
  });

  it('says where raw parts came to stand', () => {
    const pdf = handwrittenPdf(onePage());
    const writer = new IncrementalWriter(PdfDocument.open(pdf));
    const gap = new PdfRaw(Buffer.from('<0000>'));
    writer.add(new PdfDict([['Contents', gap]]));
    const { appended, offsetOf } = writer.finish();
    const file = Buffer.concat([pdf, appended]);
    expect(file.toString('latin1', offsetOf(gap), offsetOf(gap) + 6)).toBe('<0000>');
  });

  it('writes every kind of object so that it is read back the same', () => {
    const leaf: fc.Arbitrary<PdfObject> = fc.oneof(
      fc.boolean(),
      fc.constant(null),
      fc.integer({ min: -1_000_000, max: 1_000_000 }),
      fc
        .string({ minLength: 1, unit: fc.integer({ min: 1, max: 255 }).map((code) => String.fromCharCode(code)) })
        .map(name),
      fc.uint8Array().map((bytes) => new PdfString(bytes)),
      fc.uint8Array().map((bytes) => new PdfString(bytes, undefined, true)),
      fc.nat(100).map((number) => new PdfRef(number)),
    );
    const shape = (object: PdfObject): unknown => {
      if (object instanceof PdfString) return { string: Buffer.from(object.bytes).toString('hex') };
      if (object instanceof PdfDict) return { dict: [...object].map(([key, value]) => [key, shape(value)]) };
      if (object instanceof PdfStream) return { stream: Buffer.from(object.encoded).toString('hex') };
      return Array.isArray(object) ? object.map((item) => shape(item as PdfObject)) : object;
    };
    const pdf = handwrittenPdf(onePage());
    fc.assert(
      fc.property(
        fc.array(leaf),
        fc.dictionary(fc.stringMatching(/^[A-Za-z]{1,8}$/), leaf),
        fc.uint8Array(),
        (list, entries, data) => {
          const dict = new PdfDict(Object.entries(entries));
          let refs: PdfRef[] = [];
          const after = write(pdf, (writer) => {
            refs = [writer.add(list), writer.add(dict), writer.add(PdfStream.of(new PdfDict(), data))];
          });
          const document = PdfDocument.open(after);
          const [readList, readDict, readStream] = refs.map((ref) => shape(document.resolve(ref)));
          expect(readList).toEqual(shape(list));
          expect(readDict).toEqual(shape(dict));
          expect(readStream).toEqual({ stream: Buffer.from(data).toString('hex') });
        },
      ),
      { numRuns: 200 },
    );
  });
});
