import { Logger } from '@nestjs/common';
import { DomainError } from '#kernel';
import type { TransactionRunner } from '#platform/persistence';
import type { JobDefinition } from '../job-definition.js';
import { JobQueue } from '../job-queue.port.js';
import type { JobLedger } from './job-ledger.js';
import type { Delivery, JobTransport } from './job-transport.port.js';

/** Ledger first, transport after commit. A transport that is away costs seconds, not jobs: the reconciler offers again. */
export class LedgerJobQueue extends JobQueue {
  private readonly logger = new Logger(LedgerJobQueue.name);

  constructor(
    private readonly transactions: TransactionRunner,
    private readonly ledger: JobLedger,
    private readonly transport: JobTransport,
  ) {
    super();
  }

  override async enqueue<P extends object>(definition: JobDefinition<P>, key: string, payload: P): Promise<void> {
    await this.offerAfterCommit(await this.ledger.add(definition, key, payload));
  }

  override async retry<P extends object>(definition: JobDefinition<P>, key: string): Promise<void> {
    const delivery = await this.ledger.reopen(definition.name, key);
    if (!delivery && !(await this.ledger.isKnown(definition.name, key))) throw new DomainError('job-not-found');
    await this.offerAfterCommit(delivery);
  }

  private async offerAfterCommit(delivery: Delivery | undefined): Promise<void> {
    if (!delivery) return;
    await this.transactions.afterCommit(() => {
      // Not awaited: the caller has committed, and must not wait for a transport that may be away.
      this.transport
        .offer([delivery])
        .catch((error: Error) => this.logger.warn(`${delivery.name} stays in the ledger for now: ${error.message}`));
    });
  }
}
