/** One job on its way from the ledger to a worker. */
export interface Delivery {
  readonly jobId: string;
  readonly name: string;
  readonly queue: string;
  /** Counts how often the ledger has given the job out; with the id it makes the transport's own key, so that offering it twice is one delivery. */
  readonly deliveries: number;
  /** Not before so many ms from now. */
  readonly delayMs: number;
}

/** Carries job ids to workers. May lose or double them: the ledger decides. */
export abstract class JobTransport {
  abstract offer(deliveries: readonly Delivery[]): Promise<void>;
  /** Starts taking deliveries of a queue, at most `concurrency` at once. `take` never rejects. */
  abstract work(queue: string, concurrency: number, take: (jobId: string) => Promise<void>): Promise<void>;
  /** Takes no more deliveries; does not wait for those under way. */
  abstract pause(): Promise<void>;
  /** Waits for the deliveries under way and closes the connections. */
  abstract close(): Promise<void>;
  /** Fails when the transport cannot be reached. */
  abstract ping(): Promise<void>;
}
