import { readRange } from './byte-source.js';
import { PdfDict, type PdfObject, type PdfRaw, PdfRef, PdfStream, name } from './objects.js';
import type { PdfDocument } from './pdf-document.js';
import { ByteBuilder, serialize } from './serialize.js';

/** The bytes to append to a file, and where the raw parts among them came to stand. */
export interface Increment {
  readonly appended: Buffer;
  /** Absolute offset in the resulting file. @throws RangeError when the part was not written */
  offsetOf(raw: PdfRaw): number;
}

interface Written {
  readonly ref: PdfRef;
  readonly offset: number;
}

// Of the newest trailer everything is kept (/Root, /Info, /ID ...) but what describes the section itself.
const sectionKeys = new Set(['Size', 'Prev', 'XRefStm', 'Type', 'W', 'Index', 'Filter', 'DecodeParms', 'Length']);

/**
 * Collects new and changed objects and writes them behind the file as one more revision (ISO 32000-2, 7.5.6). What
 * stands before is never touched; the cross-reference section is of the same kind as the newest one.
 */
export class IncrementalWriter {
  private readonly pending = new Map<number, { ref: PdfRef; object: PdfObject }>();
  private next: number;

  constructor(private readonly document: PdfDocument) {
    this.next = document.size;
  }

  /** A number for an object that is put later. */
  allocate(): PdfRef {
    return new PdfRef(this.next++);
  }

  add(object: PdfObject): PdfRef {
    const ref = this.allocate();
    this.put(ref, object);
    return ref;
  }

  /** Writes a new object, or the new state of an existing one. */
  put(ref: PdfRef, object: PdfObject): void {
    this.pending.set(ref.number, { ref, object });
  }

  /** The object as this increment will leave it. */
  current(ref: PdfRef): PdfObject {
    return this.pending.get(ref.number)?.object ?? this.document.resolve(ref);
  }

  finish(): Increment {
    const base = this.document.source.length;
    const out = new ByteBuilder();
    const raws = new Map<PdfRaw, number>();
    const lastByte = readRange(this.document.source, base - 1, base)[0];
    if (lastByte !== 10 && lastByte !== 13) out.text('\n');

    const written: Written[] = [];
    for (const { ref, object } of [...this.pending.values()].sort((a, b) => a.ref.number - b.ref.number)) {
      written.push({ ref, offset: base + out.length });
      out.text(`${ref.number} ${ref.generation} obj\n`);
      serialize(out, object, (raw, offset) => raws.set(raw, base + offset));
      out.text('\nendobj\n');
    }
    const xrefOffset = base + out.length;
    if (this.document.newestSection.kind === 'TABLE') this.writeTable(out, written);
    else this.writeStream(out, written, xrefOffset);
    out.text(`startxref\n${xrefOffset}\n%%EOF\n`);

    return {
      appended: out.view(),
      offsetOf(raw) {
        const offset = raws.get(raw);
        if (offset === undefined) throw new RangeError('not part of this increment');
        return offset;
      },
    };
  }

  private trailer(size: number): PdfDict {
    const kept = [...this.document.trailer].filter(([key]) => !sectionKeys.has(key));
    return new PdfDict([['Size', size], ['Prev', this.document.newestSection.offset], ...kept]);
  }

  private writeTable(out: ByteBuilder, written: readonly Written[]): void {
    out.text('xref\n');
    for (const run of runsOf(written)) {
      out.text(`${run[0]?.ref.number ?? 0} ${run.length}\n`);
      for (const { ref, offset } of run) {
        out.text(`${String(offset).padStart(10, '0')} ${String(ref.generation).padStart(5, '0')} n \n`);
      }
    }
    out.text('trailer\n');
    serialize(out, this.trailer(this.next));
    out.text('\n');
  }

  private writeStream(out: ByteBuilder, written: readonly Written[], xrefOffset: number): void {
    const self: Written = { ref: this.allocate(), offset: xrefOffset };
    const all = [...written, self];
    const offsetBytes = Math.max(4, Math.ceil(xrefOffset.toString(16).length / 2));
    const data = Buffer.alloc(all.length * (offsetBytes + 3));
    all.forEach(({ ref, offset }, index) => {
      const at = index * (offsetBytes + 3);
      data[at] = 1;
      data.writeUIntBE(offset, at + 1, offsetBytes);
      data.writeUInt16BE(ref.generation, at + 1 + offsetBytes);
    });
    const dict = new PdfDict([
      ['Type', name('XRef')],
      ...this.trailer(this.next),
      ['W', [1, offsetBytes, 2]],
      ['Index', runsOf(all).flatMap((run) => [run[0]?.ref.number ?? 0, run.length])],
    ]);
    out.text(`${self.ref.number} 0 obj\n`);
    serialize(out, PdfStream.of(dict, data));
    out.text('\nendobj\n');
  }
}

/** Splits a list sorted by object number into runs of consecutive numbers. */
const runsOf = (written: readonly Written[]): Written[][] => {
  const runs: Written[][] = [];
  for (const item of written) {
    const run = runs.at(-1);
    if (run && run[run.length - 1]?.ref.number === item.ref.number - 1) run.push(item);
    else runs.push([item]);
  }
  return runs;
};
