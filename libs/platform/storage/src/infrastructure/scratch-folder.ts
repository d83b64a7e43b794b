import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { DomainError, newId } from '#kernel';
import type { ReceivedFile } from '../object-store.port.js';

const staleMs = 24 * 3600 * 1000;

/** Files that are not in the store yet, or that were copied out of it. What a killed process left is removed after a day. */
export class ScratchFolder {
  private ready?: Promise<void>;

  constructor(private readonly folder: string) {}

  /**
   * Writes a stream to a new file while hashing it; constant memory. Leaves nothing behind when it fails.
   * @throws DomainError `upload-too-large`, `upload-incomplete`, or the source's own DomainError
   */
  async write(source: Readable, maxBytes: number): Promise<ReceivedFile> {
    await (this.ready ??= this.prepare());
    const path = join(this.folder, newId());
    const hash = createHash('sha256');
    let bytes = 0;
    const measure = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        bytes += chunk.length;
        if (bytes > maxBytes) return done(new DomainError('upload-too-large', { maxBytes }));
        hash.update(chunk);
        return done(null, chunk);
      },
    });
    try {
      await pipeline(source, measure, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
    } catch (cause) {
      await rm(path, { force: true });
      throw faultOf(cause);
    }
    return { path, bytes, sha256: hash.digest('hex'), discard: () => rm(path, { force: true }) };
  }

  private async prepare(): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    for (const name of await readdir(this.folder)) {
      const path = join(this.folder, name);
      const known = await stat(path).catch(() => undefined);
      if (known && Date.now() - known.mtimeMs > staleMs) await rm(path, { force: true });
    }
  }
}

const diskFaults = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EIO', 'EMFILE']);

const faultOf = (cause: unknown): DomainError => {
  if (cause instanceof DomainError) return cause;
  const code = (cause as NodeJS.ErrnoException).code ?? '';
  return new DomainError(diskFaults.has(code) ? 'storage-unavailable' : 'upload-incomplete', {}, { cause });
};
