import { createHash } from 'node:crypto';
import { Transform, type TransformCallback } from 'node:stream';
import { DomainError } from '#kernel';

/**
 * Passes bytes on while hashing them, one chunk behind: the last chunk leaves only when the hash is right, so a reader
 * that saw the end saw the right bytes.
 */
export class VerifyingStream extends Transform {
  private readonly hash = createHash('sha256');
  private held?: Buffer;

  constructor(private readonly sha256: string) {
    super();
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.hash.update(chunk);
    const ready = this.held;
    this.held = chunk;
    done(null, ready);
  }

  override _flush(done: TransformCallback): void {
    if (this.hash.digest('hex') === this.sha256) done(null, this.held);
    else done(new DomainError('integrity-failed'));
  }
}
