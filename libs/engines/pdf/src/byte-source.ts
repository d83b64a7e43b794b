/**
 * Where the bytes of a PDF come from. Reading is synchronous and by range: signing a large file touches its tail and a
 * few objects, so a file answers with `pread` and an object store with a prefetched window.
 */
export interface ByteSource {
  /** Size of the file in bytes. */
  readonly length: number;
  /** Bytes from `start`: at least `atLeast` of them unless the file ends first, and more when they cost nothing. */
  read(start: number, atLeast: number): Uint8Array;
}

/** A whole file held in memory; every read is a view, never a copy. */
export class MemorySource implements ByteSource {
  constructor(private readonly bytes: Uint8Array) {}

  get length(): number {
    return this.bytes.length;
  }

  read(start: number): Uint8Array {
    return this.bytes.subarray(start);
  }
}

/** The bytes from `start` up to and without `end`. */
export const readRange = (source: ByteSource, start: number, end: number): Uint8Array =>
  source.read(start, end - start).subarray(0, end - start);
