/** Where jobs travel. */
export interface BackendUnderTest {
  readonly name: string;
  /** Of the ledger, and of the queue itself unless it is on Redis. */
  readonly databaseUrl: string;
  readonly redisUrl?: string;
}

/** Callers that enqueue at the same time. */
export const enqueuers = 8;

/** A queue whose jobs do nothing; what is left is the cost of having a queue. */
export interface QueueUnderTest {
  /** Enqueues and waits until all are done. @returns jobs a second */
  run(jobs: number): Promise<number>;
  close(): Promise<void>;
}

/** @returns when all callers have enqueued their share */
export const enqueueAll = async (jobs: number, enqueue: (number: number) => Promise<unknown>): Promise<void> => {
  let next = 0;
  const caller = async (): Promise<void> => {
    while (next < jobs) await enqueue(next++);
  };
  await Promise.all(Array.from({ length: enqueuers }, caller));
};
