import { randomUUID } from 'node:crypto';
import { createPostgresBackend, DEFAULT_SCHEMA, Queue, Worker, withBackend } from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';
import { type BackendUnderTest, enqueueAll, type QueueUnderTest } from './queue-under-test.js';

// As the product sets them, so that the ledger is the only difference.
const queueName = 'bare';
const jobOptions = { attempts: 1, removeOnComplete: true, removeOnFail: true } as const;
const workerOptions = { lockDuration: 15_000, stalledInterval: 5_000, maxStalledCount: 100 } as const;

const connect = ({ databaseUrl, redisUrl }: BackendUnderTest, concurrency: number, work: () => Promise<void>) => {
  if (redisUrl !== undefined) {
    const connection = new Redis(redisUrl, { maxRetriesPerRequest: null });
    const options = { connection, prefix: 'bench' };
    return {
      queue: new Queue(queueName, options),
      worker: new Worker(queueName, work, { ...options, ...workerOptions, concurrency }),
      disconnect: async () => connection.disconnect(),
    };
  }
  const pool = new pg.Pool({ connectionString: databaseUrl, options: `-c search_path=${DEFAULT_SCHEMA}`, max: 6 });
  const postgres = withBackend(createPostgresBackend);
  return {
    queue: new postgres.Queue(queueName, { connection: pool }),
    worker: new postgres.Worker(queueName, work, { connection: pool, ...workerOptions, concurrency }),
    disconnect: () => pool.end(),
  };
};

/** BullMQ as it comes. */
export const openBareQueue = async (backend: BackendUnderTest, concurrency: number): Promise<QueueUnderTest> => {
  const { queue, worker, disconnect } = connect(backend, concurrency, async () => undefined);
  let completed = 0;
  let wanted = Number.POSITIVE_INFINITY;
  let finish: () => void = () => undefined;
  worker.on('completed', () => {
    completed += 1;
    if (completed === wanted) finish();
  });
  await worker.waitUntilReady();
  return {
    async run(jobs) {
      completed = 0;
      wanted = jobs;
      const done = new Promise<void>((resolve) => (finish = resolve));
      const start = performance.now();
      await enqueueAll(jobs, () =>
        queue.add('nothing', { jobId: randomUUID() }, { ...jobOptions, jobId: randomUUID() }),
      );
      await done;
      return (jobs * 1000) / (performance.now() - start);
    },
    async close() {
      await worker.close();
      await queue.close();
      await disconnect();
    },
  };
};
