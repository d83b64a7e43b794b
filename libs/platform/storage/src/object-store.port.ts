import type { Readable } from 'node:stream';

/** Bytes at rest. The address is the SHA-256 of the bytes, so an object never changes and is never stored twice. */
export interface StoredObject {
  /** Lower-case hexadecimal SHA-256, the object's address. */
  readonly sha256: string;
  readonly bytes: number;
}

/** Bytes received from outside, hashed on the way into a scratch file, not yet accepted. */
export interface ReceivedFile extends StoredObject {
  /** Path of the scratch file; belongs to the receiver, who calls `discard()` or hands it to `ObjectStore.accept`. */
  readonly path: string;
  discard(): Promise<void>;
}

export interface ByteRange {
  /** First byte, zero-based, inclusive. */
  readonly start: number;
  /** Last byte, inclusive. */
  readonly end: number;
}

export abstract class ObjectStore {
  /**
   * Streams `source` into a scratch file while hashing it; constant memory.
   * @throws DomainError `upload-too-large` past `maxBytes`, `upload-empty` for zero bytes, `upload-incomplete` if the stream breaks
   */
  abstract receive(source: Readable, limits: { readonly maxBytes: number }): Promise<ReceivedFile>;

  /** Makes a received file durable (fsync or store acknowledgement) under its hash. Idempotent. The scratch file is gone afterwards. */
  abstract accept(file: ReceivedFile): Promise<StoredObject>;

  /** Stores bytes we made ourselves (a signed PDF, a page image). Durable on return. Idempotent. */
  abstract put(bytes: Uint8Array): Promise<StoredObject>;

  /**
   * Opens an object. A whole read is hashed on the way and the stream fails with `integrity-failed` before its last
   * chunk when the bytes are not those of the address; a range read is not verified.
   * @throws DomainError `object-not-found`
   */
  abstract open(sha256: string, range?: ByteRange): Promise<Readable>;

  /** Whole object in memory, verified; only for what is bounded (a page image, a document to be signed). */
  abstract read(sha256: string, limits: { readonly maxBytes: number }): Promise<Buffer>;

  /** A verified local copy for engines that need a path. The caller discards it. */
  abstract checkOut(sha256: string): Promise<ReceivedFile>;

  abstract stat(sha256: string): Promise<StoredObject | undefined>;

  /** Fails when the store cannot be used; for readiness. */
  abstract ping(): Promise<void>;
}
