import { newId } from '#kernel';
import type { TransactionRunner } from './transaction-runner.js';

/** The parts of a CloudEvent (version 1.0) that the writer decides. No personal numbers in any of them. */
export interface OutboxEvent {
  readonly type: string;
  /** URI reference of the service that tells it, e.g. `/khoso/ingestion`. */
  readonly source: string;
  readonly subject?: string;
  readonly data: object;
}

/** Events written in the transaction that made them true, so that neither exists without the other. */
export class Outbox {
  constructor(private readonly transactions: TransactionRunner) {}

  /** Joins the running transaction. @returns the event's id */
  async append(event: OutboxEvent): Promise<string> {
    const id = newId();
    await this.transactions.manager.query(
      'INSERT INTO platform.outbox (id, type, source, subject, data) VALUES ($1, $2, $3, $4, $5)',
      [id, event.type, event.source, event.subject ?? null, JSON.stringify(event.data)],
    );
    return id;
  }
}
