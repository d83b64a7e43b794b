import { Records } from '#domain/records';
import { DomainError } from '#kernel';
import { TransactionRunner } from '#platform/persistence';
import { ObjectStore } from '#platform/storage';
import { Injectable, Logger } from '@nestjs/common';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';

/** Bytes of documents, held against their hash as a whole before the first one leaves. */
@Injectable()
export class StoredContent {
  private readonly logger = new Logger(StoredContent.name);

  constructor(
    private readonly objects: ObjectStore,
    private readonly records: Records,
    private readonly transactions: TransactionRunner,
  ) {}

  /**
   * Opens a version, whole or in part. The store's own check of a stream comes with its last chunk, which is too late
   * here: nothing may be sent of a file that is not the one that was signed. So a verified copy is read, and thrown away.
   * @param range bytes, both ends inclusive
   * @throws DomainError `integrity-failed`; the document is then INTEGRITY_FAILED (FR-33)
   */
  async open(
    documentId: string,
    sha256: string,
    range?: { readonly start: number; readonly end: number },
  ): Promise<Readable> {
    try {
      const file = await this.objects.checkOut(sha256);
      const stream = createReadStream(file.path, range);
      stream.once('close', () => {
        file.discard().catch((err: unknown) => this.logger.warn({ msg: 'scratch copy left behind', err }));
      });
      // Until then an error would have nobody to go to.
      await once(stream, 'open');
      return stream;
    } catch (cause) {
      if (!(cause instanceof DomainError) || !lost.has(cause.code)) throw cause;
      await this.markFailed(documentId);
      throw new DomainError('integrity-failed', {}, { cause });
    }
  }

  private async markFailed(documentId: string): Promise<void> {
    await this.transactions.run(async () => {
      const { state } = await this.records.get(documentId);
      if (state === 'ACTIVE')
        await this.records.transition(documentId, 'INTEGRITY_FAILED', 'stored bytes do not match their hash');
    });
  }
}

// Bytes that are gone are as little the ones that were signed as bytes that changed.
const lost = new Set<string>(['integrity-failed', 'object-not-found']);
