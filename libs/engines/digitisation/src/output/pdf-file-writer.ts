import { open, type FileHandle } from 'node:fs/promises';

/** Writes a new PDF 1.7 object by object, streams included, without holding it in memory. */
export class PdfFileWriter {
  private offset = 0;
  private readonly offsets = new Map<number, number>();
  private last = 0;

  private constructor(private readonly file: FileHandle) {}

  static async create(path: string): Promise<PdfFileWriter> {
    const writer = new PdfFileWriter(await open(path, 'wx'));
    // ISO 32000-1 s. 7.5.2: four bytes above 127 tell transfer programs that the file is binary.
    await writer.write(Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1'));
    return writer;
  }

  /** A number for an object written later. */
  reserve(): number {
    this.last += 1;
    return this.last;
  }

  async object(body: string, number = this.reserve()): Promise<number> {
    this.offsets.set(number, this.offset);
    await this.write(Buffer.from(`${number} 0 obj\n${body}\nendobj\n`, 'latin1'));
    return number;
  }

  /** @param dictionary entries without /Length, which is known only afterwards and written as an object of its own */
  async stream(dictionary: string, data: AsyncIterable<Uint8Array>): Promise<number> {
    const number = this.reserve();
    const length = this.reserve();
    this.offsets.set(number, this.offset);
    await this.write(Buffer.from(`${number} 0 obj\n<< ${dictionary} /Length ${length} 0 R >>\nstream\n`, 'latin1'));
    const start = this.offset;
    for await (const chunk of data) await this.write(chunk);
    const size = this.offset - start;
    await this.write(Buffer.from('\nendstream\nendobj\n', 'latin1'));
    await this.object(String(size), length);
    return number;
  }

  /** Cross-reference table and trailer; flushed to the disk. */
  async finish(catalogue: number): Promise<void> {
    const start = this.offset;
    const rows = Array.from({ length: this.last }, (_, index) => this.offsets.get(index + 1) ?? 0)
      .map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`)
      .join('');
    const size = this.last + 1;
    await this.write(
      Buffer.from(
        `xref\n0 ${size}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${size} /Root ${catalogue} 0 R >>\nstartxref\n${start}\n%%EOF\n`,
        'latin1',
      ),
    );
    await this.file.sync();
  }

  close(): Promise<void> {
    return this.file.close();
  }

  private async write(bytes: Uint8Array): Promise<void> {
    let written = 0;
    while (written < bytes.byteLength) {
      const result = await this.file.write(bytes, written, bytes.byteLength - written);
      written += result.bytesWritten;
    }
    this.offset += bytes.byteLength;
  }
}
