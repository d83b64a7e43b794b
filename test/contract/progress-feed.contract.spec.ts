import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { createDataSource, PersistenceModule, TransactionRunner } from '#platform/persistence';
import { type ProgressEvent, ProgressFeed, QueueModule, queuePersistence } from '#platform/queue';
import { createTestDatabase, type TestDatabase, testIdentifierKeys } from '#testing';

let database: TestDatabase;
/** Two processes of an installation: what one publishes the other shows. */
let apps: INestApplicationContext[];
let worker: ProgressFeed;
let api: ProgressFeed;
let transactions: TransactionRunner;

const start = async (): Promise<INestApplicationContext> => {
  const dataSource = await createDataSource({ url: database.url, parts: [queuePersistence] });
  class Root {}
  return NestFactory.createApplicationContext(
    {
      module: Root,
      imports: [
        PersistenceModule.forRoot({ dataSource, identifierKeys: testIdentifierKeys }),
        QueueModule.forRoot({
          queues: [],
          jobs: [],
          backend: 'postgres',
          connection: { databaseUrl: database.url },
          runWorkers: false,
          concurrency: 1,
        }),
      ],
    },
    { logger: false },
  );
};

beforeAll(async () => {
  database = await createTestDatabase([queuePersistence]);
  apps = [await start(), await start()];
  [worker, api] = apps.map((app) => app.get(ProgressFeed)) as [ProgressFeed, ProgressFeed];
  transactions = apps[0]!.get(TransactionRunner);
});

afterAll(async () => {
  for (const app of apps) await app.close();
  await database.drop();
});

/** Follows until `count` events have come, or to the end. */
const take = async (
  subject: string,
  after: number,
  count: number,
  signal = new AbortController().signal,
): Promise<ProgressEvent[]> => {
  const events: ProgressEvent[] = [];
  for await (const event of api.follow(subject, after, signal)) {
    events.push(event);
    if (events.length === count) break;
  }
  return events;
};

describe('the progress feed', () => {
  it('gives what was published before, in order, from any process', async () => {
    for (const page of [1, 2, 3]) await worker.publish('scan-1', 'page-read', { page });
    expect(await take('scan-1', 0, 3)).toEqual(
      [1, 2, 3].map((page) => ({
        subject: 'scan-1',
        sequence: page,
        at: expect.any(Date),
        type: 'page-read',
        data: { page },
      })),
    );
  });

  it('gives one that reconnects only what it has not seen', async () => {
    const events = await take('scan-1', 2, 1);
    expect(events.map((event) => event.sequence)).toEqual([3]);
  });

  it('gives live events to one who waits, and none of other subjects', async () => {
    const following = take('scan-2', 0, 2);
    await worker.publish('scan-3', 'page-read', { page: 1 });
    await worker.publish('scan-2', 'page-read', { page: 1 });
    await worker.publish('scan-2', 'state-changed', { state: 'READ' });
    expect((await following).map(({ subject, type }) => [subject, type])).toEqual([
      ['scan-2', 'page-read'],
      ['scan-2', 'state-changed'],
    ]);
  });

  it('numbers the events of concurrent publishers without a gap, and a follower misses none', async () => {
    const following = take('scan-4', 0, 40);
    await Promise.all(Array.from({ length: 40 }, (_, page) => worker.publish('scan-4', 'page-read', { page })));
    expect((await following).map((event) => event.sequence)).toEqual(Array.from({ length: 40 }, (_, n) => n + 1));
  });

  it('tells nobody of a transaction that was rolled back', async () => {
    const work = transactions.run(async () => {
      await worker.publish('scan-5', 'page-read', { page: 1 });
      throw new Error('OCR failed');
    });
    await expect(work).rejects.toThrow('OCR failed');
    await worker.publish('scan-5', 'page-failed', { page: 1 });
    expect(await take('scan-5', 0, 1)).toEqual([expect.objectContaining({ sequence: 1, type: 'page-failed' })]);
  });

  it('ends when the follower goes away', async () => {
    const leaving = new AbortController();
    const following = take('scan-6', 0, 1, leaving.signal);
    leaving.abort();
    expect(await following).toEqual([]);
  });

  it('ends its followers when the process shuts down', async () => {
    const other = await start();
    const following = (async () => {
      const events: ProgressEvent[] = [];
      for await (const event of other.get(ProgressFeed).follow('scan-7', 0, new AbortController().signal))
        events.push(event);
      return events;
    })();
    await other.close();
    expect(await following).toEqual([]);
  });
});
