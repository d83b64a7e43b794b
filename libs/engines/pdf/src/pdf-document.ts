import { DomainError } from '#kernel';
import { type ByteSource, MemorySource, readRange } from './byte-source.js';
import { decodeStream } from './filters.js';
import { defaultPdfLimits, type PdfLimits } from './limits.js';
import type { ObjectAccess } from './object-access.js';
import { ObjectParser } from './object-parser.js';
import { readIndirectObject } from './object-reader.js';
import { isName, PdfDict, type PdfObject, PdfRef, PdfStream } from './objects.js';
import { findPage, type PdfPage } from './page-tree.js';
import { type PdfRevision, toRevisions } from './pdf-revision.js';
import type { XrefEntry, XrefSection } from './xref.js';
import { readXrefChain } from './xref-reader.js';

interface ObjectStream {
  readonly parser: (index: number) => ObjectParser;
  readonly numbers: readonly number[];
}

/**
 * A PDF file as one of its revisions shows it. Objects are read when asked for and remembered.
 *
 * Nothing is repaired: a file whose cross-reference data is broken is refused, because a repaired reading of a signed
 * file is a guess about what was signed.
 */
export class PdfDocument implements ObjectAccess {
  private readonly objects = new Map<number, PdfObject>();
  private readonly objectStreams = new Map<number, ObjectStream>();
  private readonly reading = new Set<number>();
  private readonly sections: readonly XrefSection[];

  private constructor(
    readonly source: ByteSource,
    /** Oldest first, up to and with the one this document shows. */
    readonly revisions: readonly PdfRevision[],
    readonly limits: PdfLimits,
  ) {
    this.sections = [...revisions].reverse().flatMap(({ sections }) => sections);
  }

  /**
   * Opens a file: header, cross-reference chain, trailer.
   * @throws DomainError `pdf-not-a-pdf`, `pdf-damaged`, `pdf-encrypted`, `pdf-too-complex`
   */
  static open(file: Uint8Array | ByteSource, limits: PdfLimits = defaultPdfLimits): PdfDocument {
    const source = file instanceof Uint8Array ? new MemorySource(file) : file;
    const header = Buffer.from(readRange(source, 0, 1024)).toString('latin1');
    if (!header.includes('%PDF-')) throw new DomainError('pdf-not-a-pdf');
    const sections = readXrefChain(source, limits);
    if (sections.some(({ trailer }) => trailer.has('Encrypt'))) throw new DomainError('pdf-encrypted');
    return new PdfDocument(source, toRevisions(source, sections), limits);
  }

  /** The file as it was after its revision `index` (0 is the oldest). */
  at(index: number): PdfDocument {
    if (index === this.revisions.length - 1) return this;
    return new PdfDocument(this.source, this.revisions.slice(0, index + 1), this.limits);
  }

  get newestSection(): XrefSection {
    const section = this.sections[0];
    if (!section) throw new DomainError('pdf-damaged', { reason: 'no-xref' });
    return section;
  }

  get trailer(): PdfDict {
    return this.newestSection.trailer;
  }

  /** First object number that no revision uses; trailers that state too small a /Size are not believed. */
  get size(): number {
    const stated = this.trailer.get('Size');
    const used = Math.max(...this.sections.map(({ highest }) => highest)) + 1;
    return Math.max(used, typeof stated === 'number' && Number.isInteger(stated) ? Math.min(stated, 8_388_607) : 0);
  }

  get catalogRef(): PdfRef {
    const root = this.trailer.get('Root');
    if (!(root instanceof PdfRef)) throw new DomainError('pdf-damaged', { reason: 'catalog' });
    return root;
  }

  get catalog(): PdfDict {
    const catalog = this.resolve(this.catalogRef);
    if (!(catalog instanceof PdfDict)) throw new DomainError('pdf-damaged', { reason: 'catalog' });
    return catalog;
  }

  /** Number of pages as the page tree states it. */
  get pageCount(): number {
    const pages = this.dict(this.catalog.get('Pages'));
    const count = pages?.get('Count');
    return typeof count === 'number' ? count : 0;
  }

  /**
   * @param index 0 is the first page
   * @throws DomainError `pdf-page-not-found`, `pdf-damaged`, `pdf-too-complex`
   */
  page(index: number): PdfPage {
    return findPage(this, index);
  }

  /** Where an object of this number stands in this revision; undefined or FREE when there is none. */
  entry(objectNumber: number): XrefEntry | undefined {
    for (const section of this.sections) {
      const entry = section.lookup(objectNumber);
      if (entry) return entry;
    }
    return undefined;
  }

  resolve(value: PdfObject | undefined): PdfObject {
    let current = value ?? null;
    for (let hops = 0; current instanceof PdfRef; hops++) {
      if (hops > 16) throw new DomainError('pdf-damaged', { reason: 'reference-cycle' });
      current = this.object(current);
    }
    return current;
  }

  dict(value: PdfObject | undefined): PdfDict | undefined {
    const resolved = this.resolve(value);
    return resolved instanceof PdfDict ? resolved : undefined;
  }

  array(value: PdfObject | undefined): readonly PdfObject[] | undefined {
    const resolved = this.resolve(value);
    return Array.isArray(resolved) ? (resolved as readonly PdfObject[]) : undefined;
  }

  private object(ref: PdfRef): PdfObject {
    const known = this.objects.get(ref.number);
    if (known !== undefined) return known;
    const entry = this.entry(ref.number);
    if (!entry || entry.kind === 'FREE') return null;
    if (entry.kind === 'OFFSET' && entry.generation !== ref.generation) return null;
    if (this.reading.has(ref.number)) throw new DomainError('pdf-damaged', { reason: 'reference-cycle' });
    this.reading.add(ref.number);
    try {
      const value = entry.kind === 'OFFSET' ? this.readAt(entry.offset, ref) : this.readCompressed(entry, ref.number);
      this.objects.set(ref.number, value);
      return value;
    } finally {
      this.reading.delete(ref.number);
    }
  }

  private readAt(offset: number, expected: PdfRef): PdfObject {
    const { ref, value } = readIndirectObject(this.source, offset, this.limits, (length) => {
      const resolved = this.resolve(length);
      return typeof resolved === 'number' ? resolved : undefined;
    });
    if (ref.number !== expected.number || ref.generation !== expected.generation) {
      throw new DomainError('pdf-damaged', { reason: 'xref-points-elsewhere', offset });
    }
    return value;
  }

  private readCompressed(entry: { readonly stream: number; readonly index: number }, expected: number): PdfObject {
    const { numbers, parser } = this.objectStream(entry.stream);
    if (numbers[entry.index] !== expected) throw new DomainError('pdf-damaged', { reason: 'object-stream-index' });
    return parser(entry.index).parse();
  }

  /** ISO 32000-2, 7.5.7: pairs of number and offset, then the objects from /First on. */
  private objectStream(objectNumber: number): ObjectStream {
    const known = this.objectStreams.get(objectNumber);
    if (known) return known;
    const damaged = new DomainError('pdf-damaged', { reason: 'object-stream', object: objectNumber });
    // An object stream inside an object stream is not allowed; refusing it also ends chains of them.
    if (this.entry(objectNumber)?.kind !== 'OFFSET') throw damaged;
    const stream = this.resolve(new PdfRef(objectNumber));
    if (!(stream instanceof PdfStream) || !isName(stream.dict.get('Type'), 'ObjStm')) throw damaged;
    const count = this.resolve(stream.dict.get('N'));
    const first = this.resolve(stream.dict.get('First'));
    const data = decodeStream(stream, this.limits);
    if (typeof count !== 'number' || typeof first !== 'number' || count * 2 > data.length) throw damaged;

    const header = new ObjectParser(data, 0, true, this.limits, false);
    const numbers: number[] = [];
    const starts: number[] = [];
    for (let index = 0; index < count; index++) {
      const number = header.unsignedInteger();
      const start = header.unsignedInteger();
      if (number === undefined || start === undefined || first + start > data.length) throw damaged;
      numbers.push(number);
      starts.push(first + start);
    }
    const opened: ObjectStream = {
      numbers,
      parser: (index) => new ObjectParser(data.subarray(starts[index]), 0, true, this.limits, false),
    };
    this.objectStreams.set(objectNumber, opened);
    return opened;
  }
}
