import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { createDataSource, PersistenceModule } from '#platform/persistence';
import { defineJob, HandlesJob, type JobHandler, JobQueue, QueueModule, queuePersistence } from '#platform/queue';
import { type BackendUnderTest, enqueueAll, type QueueUnderTest } from './queue-under-test.js';

const nothing = defineJob<{ readonly number: number }>({
  name: 'bench.nothing',
  queue: 'bench',
  attempts: 3,
  backoffMs: 1000,
  timeoutMs: 60_000,
});

@HandlesJob()
class NothingHandler implements JobHandler<{ readonly number: number }> {
  static handled = 0;
  readonly definition = nothing;

  async handle(): Promise<void> {
    NothingHandler.handled += 1;
  }
}

/** The product's queue: ledger in PostgreSQL, transport on the backend. */
export const openLedgerQueue = async (backend: BackendUnderTest, concurrency: number): Promise<QueueUnderTest> => {
  const { databaseUrl, redisUrl } = backend;
  const dataSource = await createDataSource({ url: databaseUrl, parts: [queuePersistence], poolSize: 20 });
  @Module({
    imports: [
      PersistenceModule.forRoot({
        dataSource,
        identifierKeys: { index: randomBytes(32), encryption: randomBytes(32) },
      }),
      QueueModule.forRoot({
        queues: [nothing.queue],
        jobs: [nothing],
        backend: redisUrl === undefined ? 'postgres' : 'redis',
        connection: { databaseUrl, redisUrl, redisPrefix: 'khoso-bench' },
        runWorkers: true,
        concurrency,
      }),
    ],
    providers: [NothingHandler],
  })
  class LedgerQueueModule {}

  const application = await NestFactory.createApplicationContext(LedgerQueueModule, { logger: ['error'] });
  const queue = application.get(JobQueue, { strict: false });
  const allDone = async (jobs: number): Promise<void> => {
    while (NothingHandler.handled < jobs) await sleep(2);
    for (;;) {
      const [open]: { count: number }[] = await dataSource.query(
        `SELECT count(*)::int AS count FROM queue.job WHERE state IN ('PENDING', 'RUNNING')`,
      );
      if (open?.count === 0) return;
      await sleep(2);
    }
  };
  return {
    async run(jobs) {
      NothingHandler.handled = 0;
      const start = performance.now();
      await enqueueAll(jobs, (number) => queue.enqueue(nothing, randomUUID(), { number }));
      await allDone(jobs);
      return (jobs * 1000) / (performance.now() - start);
    },
    close: () => application.close(),
  };
};
