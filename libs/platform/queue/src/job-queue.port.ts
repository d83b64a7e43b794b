import type { JobDefinition } from './job-definition.js';

export interface JobContext {
  readonly jobId: string;
  /** 1 for the first try. */
  readonly attempt: number;
  readonly signal: AbortSignal;
}

export interface JobHandler<Payload extends object> {
  readonly definition: JobDefinition<Payload>;
  /** Must be idempotent: a job may run again after a crash. */
  handle(payload: Payload, context: JobContext): Promise<void>;
  /** Called once when the last try has failed or the error is marked permanent, in the same transaction that marks the job failed. */
  onFailed?(payload: Payload, error: Error): Promise<void>;
}

/** Thrown by a handler when trying again cannot help. */
export class PermanentJobError extends Error {
  constructor(override readonly cause: Error) {
    super(cause.message, { cause });
    this.name = 'PermanentJobError';
  }
}

export abstract class JobQueue {
  /**
   * Records the job in the ledger, inside the running transaction, and hands it to the queue after commit.
   * `key` makes it idempotent: a second job with the same definition and key is the same job.
   */
  abstract enqueue<Payload extends object>(
    definition: JobDefinition<Payload>,
    key: string,
    payload: Payload,
  ): Promise<void>;
  /** Puts a failed job back, tries reset. */
  abstract retry<Payload extends object>(definition: JobDefinition<Payload>, key: string): Promise<void>;
}
