import { Injectable } from '@nestjs/common';
import { Outbox, TransactionRunner } from '#platform/persistence';
import { JobQueue } from '#platform/queue';
import { type EventMap, EventPublisher, type EventType } from '../events.js';
import { subscribersOf } from '../subscriptions.js';

/** Outbox row and one ledger job per subscriber, all in the transaction that made the event true. */
@Injectable()
export class OutboxEventPublisher extends EventPublisher {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly outbox: Outbox,
    private readonly jobs: JobQueue,
  ) {
    super();
  }

  override async publish<T extends EventType>(type: T, data: EventMap[T]): Promise<void> {
    await this.transactions.run(async () => {
      const id = await this.outbox.append({ type, source: sourceOf(type), subject: subjectOf(data), data });
      for (const job of subscribersOf(type)) await this.jobs.enqueue(job, id, { id, type, data });
    });
  }
}

// `vn.khoso.document.revoked.v1` is told by `/khoso/document`: the noun is what the event is about.
const sourceOf = (type: EventType): string => `/khoso/${type.split('.')[2]}`;

const subjectOf = (data: EventMap[EventType]): string => {
  if ('dossierId' in data) return data.dossierId;
  return 'scanId' in data ? data.scanId : data.documentId;
};
