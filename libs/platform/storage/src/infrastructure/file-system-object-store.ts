import { createHash } from 'node:crypto';
import { chmod, mkdir, open, rename, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { DomainError } from '#kernel';
import type { ByteRange, ReceivedFile, StoredObject } from '../object-store.port.js';
import { objectName } from './object-name.js';
import { ScratchFolder } from './scratch-folder.js';
import { ScratchObjectStore } from './scratch-object-store.js';

/**
 * Objects as read-only files: `<root>/objects/ab/cd/<sha256>`. File and folders are fsynced before a write counts; the
 * name appears by an atomic rename, so a file that exists is whole. Scratch files lie on the same file system.
 */
export class FileSystemObjectStore extends ScratchObjectStore {
  constructor(private readonly root: string) {
    super(new ScratchFolder(join(root, 'incoming')));
  }

  override async accept(file: ReceivedFile): Promise<StoredObject> {
    const { sha256, bytes } = file;
    const known = await this.stat(sha256);
    // A file of another size under this name was damaged; the good bytes take its place.
    if (known?.bytes === bytes) await file.discard();
    else await this.keep(file.path, sha256).catch(refuse);
    return { sha256, bytes };
  }

  override async put(bytes: Uint8Array): Promise<StoredObject> {
    const known = await this.stat(createHash('sha256').update(bytes).digest('hex'));
    if (known?.bytes === bytes.length) return known;
    return this.accept(await this.scratch.write(Readable.from([bytes]), bytes.length));
  }

  override async stat(sha256: string): Promise<StoredObject | undefined> {
    const found = await stat(this.pathOf(sha256)).catch((error: NodeJS.ErrnoException) =>
      error.code === 'ENOENT' ? undefined : refuse(error),
    );
    return found && { sha256, bytes: found.size };
  }

  override async ping(): Promise<void> {
    const probe = await this.scratch.write(Readable.from(['ping']), 4).catch(refuse);
    await probe.discard();
  }

  protected override async openUnverified(sha256: string, range?: ByteRange): Promise<Readable> {
    const handle = await open(this.pathOf(sha256), 'r').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') throw new DomainError('object-not-found');
      return refuse(error);
    });
    return handle.createReadStream({ start: range?.start, end: range?.end });
  }

  private async keep(scratchPath: string, sha256: string): Promise<void> {
    const path = this.pathOf(sha256);
    const folder = dirname(path);
    const created = await mkdir(folder, { recursive: true, mode: 0o700 });
    await syncPath(scratchPath);
    await chmod(scratchPath, 0o400);
    await rename(scratchPath, path);
    // The rename, and the names of folders made for it, live in the folders above.
    await syncPath(folder);
    for (let made = folder; created && made.length >= created.length; made = dirname(made))
      await syncPath(dirname(made));
  }

  private pathOf(sha256: string): string {
    return join(this.root, objectName(sha256));
  }
}

const syncPath = async (path: string): Promise<void> => {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

const refuse = (cause: unknown): never => {
  throw cause instanceof DomainError ? cause : new DomainError('storage-unavailable', {}, { cause });
};
