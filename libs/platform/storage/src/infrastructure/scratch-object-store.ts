import { type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { DomainError } from '#kernel';
import { type ByteRange, ObjectStore, type ReceivedFile, type StoredObject } from '../object-store.port.js';
import type { ScratchFolder } from './scratch-folder.js';
import { VerifyingStream } from './verifying-stream.js';

/** What both adapters have in common: scratch files on the way in and out, and verification of whole reads. */
export abstract class ScratchObjectStore extends ObjectStore {
  constructor(protected readonly scratch: ScratchFolder) {
    super();
  }

  /** The stored bytes as they are. @throws DomainError `object-not-found` */
  protected abstract openUnverified(sha256: string, range?: ByteRange): Promise<Readable>;

  override async receive(source: Readable, { maxBytes }: { readonly maxBytes: number }): Promise<ReceivedFile> {
    const file = await this.scratch.write(source, maxBytes);
    if (file.bytes > 0) return file;
    await file.discard();
    throw new DomainError('upload-empty');
  }

  override async open(sha256: string, range?: ByteRange): Promise<Readable> {
    const source = await this.openUnverified(sha256, range);
    if (range) return source;
    const verified = new VerifyingStream(sha256);
    // The reader meets every failure on the stream it holds; a reader that goes away closes the source.
    pipeline(source, verified).catch(() => undefined);
    return verified;
  }

  override async read(sha256: string, { maxBytes }: { readonly maxBytes: number }): Promise<Buffer> {
    const known = await this.stat(sha256);
    if (!known) throw new DomainError('object-not-found');
    if (known.bytes > maxBytes) throw new DomainError('object-too-large', { maxBytes });
    const chunks: Buffer[] = [];
    for await (const chunk of await this.open(sha256)) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  }

  override async checkOut(sha256: string): Promise<ReceivedFile> {
    return this.scratch.write(await this.open(sha256), Number.MAX_SAFE_INTEGER);
  }

  abstract override stat(sha256: string): Promise<StoredObject | undefined>;
}
