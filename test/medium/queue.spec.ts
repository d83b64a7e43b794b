import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Redis } from 'ioredis';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { DataSource } from 'typeorm';
import { createDataSource, PersistenceModule } from '#platform/persistence';
import { defineJob, HandlesJob, type JobHandler, JobQueue, QueueModule, queuePersistence } from '#platform/queue';
import { createTestDatabase, startRedis, type TestDatabase, testIdentifierKeys } from '#testing';

const redis = await startRedis('losing the whole of Redis, and killed workers on Redis');
const backends = redis ? (['postgres', 'redis'] as const) : (['postgres'] as const);

interface Cart {
  readonly cart: number;
  readonly hang?: boolean;
}

const load = defineJob<Cart>({ name: 'yard.load-cart', queue: 'yard', attempts: 2, backoffMs: 50, timeoutMs: 60_000 });
let loaded: number[] = [];
let onLoad: (cart: Cart) => Promise<void> = async () => undefined;

@HandlesJob()
class LoadCart implements JobHandler<Cart> {
  readonly definition = load;

  async handle(cart: Cart): Promise<void> {
    await onLoad(cart);
    loaded.push(cart.cart);
  }
}

let database: TestDatabase;
let admin: DataSource;
let app: INestApplicationContext;
const children: ChildProcess[] = [];

beforeAll(async () => {
  database = await createTestDatabase([queuePersistence]);
  admin = await createDataSource({ url: database.url, parts: [] });
});

afterEach(async () => {
  for (const child of children.splice(0)) if (child.kill('SIGKILL')) await once(child, 'exit');
  await app.close();
  onLoad = async () => undefined;
  loaded = [];
});

afterAll(async () => {
  await admin.destroy();
  await database.drop();
  await redis?.stop();
});

const start = async (backend: 'postgres' | 'redis', runWorkers = true): Promise<JobQueue> => {
  const dataSource = await createDataSource({ url: database.url, parts: [queuePersistence] });
  class Root {}
  app = await NestFactory.createApplicationContext(
    {
      module: Root,
      imports: [
        PersistenceModule.forRoot({ dataSource, identifierKeys: testIdentifierKeys }),
        QueueModule.forRoot({
          queues: ['yard'],
          jobs: [load],
          backend,
          connection: { databaseUrl: database.url, redisUrl: redis?.url },
          runWorkers,
          concurrency: 2,
        }),
      ],
      providers: [LoadCart],
    },
    { logger: false },
  );
  return app.get(JobQueue);
};

const startProcess = async (
  backend: 'postgres' | 'redis',
): Promise<{ child: ChildProcess; begun(cart: number): Promise<void> }> => {
  const program = resolve('test/medium/support/queue-worker.mjs');
  const child = spawn(process.execPath, [program, database.url, backend === 'redis' ? (redis?.url ?? '') : ''], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const seen = new Set<string>();
  const waiting = new Map<string, () => void>();
  createInterface({ input: child.stdout! }).on('line', (line) => {
    seen.add(line);
    waiting.get(line)?.();
  });
  const sees = (line: string): Promise<void> =>
    seen.has(line) ? Promise.resolve() : new Promise((done) => waiting.set(line, done));
  await sees('ready');
  return { child, begun: (cart) => sees(`begun ${cart}`) };
};

const untilDone = async (keys: readonly string[]): Promise<void> => {
  for (;;) {
    const rows: { count: string }[] = await admin.query(
      `SELECT count(*) FROM queue.job WHERE state = 'DONE' AND key = ANY($1)`,
      [keys],
    );
    if (Number(rows[0]?.count) === keys.length) return;
    await new Promise((done) => setTimeout(done, 50));
  }
};

const jobOf = async (key: string): Promise<Record<string, unknown>> =>
  (await admin.query('SELECT id, state, attempts, abandonments FROM queue.job WHERE key = $1', [key]))[0];

(redis ? describe : describe.skip)('when Redis loses everything', () => {
  it('in the middle of 20 jobs, all 20 are done, none twice', async () => {
    const queue = await start('redis');
    const client = new Redis(redis!.url);
    let flushed = false;
    onLoad = async ({ cart }) => {
      if (cart >= 5 && !flushed) {
        flushed = true;
        await client.flushall();
      }
      await new Promise((done) => setTimeout(done, 20));
    };
    const keys = Array.from({ length: 20 }, (_, n) => `flush-${n}`);
    for (const [cart, key] of keys.entries()) await queue.enqueue(load, key, { cart });
    await untilDone(keys);
    expect(flushed).toBe(true);
    expect(loaded.toSorted((a, b) => a - b)).toEqual(keys.map((_, n) => n));
    client.disconnect();
  });
});

describe.each(backends)('on %s', (backend) => {
  it('the running jobs of a killed worker are taken up by another, without costing a try', async () => {
    const queue = await start(backend, false);
    const { child, begun } = await startProcess(backend);
    await queue.enqueue(load, `killed-${backend}`, { cart: 1, hang: true });
    await begun(1);
    expect(await jobOf(`killed-${backend}`)).toMatchObject({ state: 'RUNNING' });
    child.kill('SIGKILL');
    await once(child, 'exit');
    await app.close();

    await start(backend);
    await untilDone([`killed-${backend}`]);
    expect(loaded).toEqual([1]);
    expect(await jobOf(`killed-${backend}`)).toMatchObject({ attempts: 1, abandonments: 1 });
  });

  it('a job is run once although two processes compete for it and it is delivered again and again', async () => {
    await startProcess(backend);
    const queue = await start(backend);
    const keys = Array.from({ length: 30 }, (_, n) => `double-${backend}-${n}`);
    for (const [cart, key] of keys.entries()) await queue.enqueue(load, key, { cart });
    // As if every job had waited long enough to be given up for lost: the reconcilers of both processes offer all again.
    await admin.query(
      `UPDATE queue.job SET deliveries = deliveries + 1, offered_at = now() - interval '1 hour' WHERE state = 'PENDING'`,
    );
    await untilDone(keys);
    const attempts: { attempts: number }[] = await admin.query(
      'SELECT DISTINCT attempts FROM queue.job WHERE key = ANY($1)',
      [keys],
    );
    expect(attempts).toEqual([{ attempts: 1 }]);
    expect(new Set(loaded).size).toBe(loaded.length);
  });
});

describe('a job that kills its workers', () => {
  it('is given up after five of them', async () => {
    const queue = await start('postgres', false);
    await queue.enqueue(load, 'poison', { cart: 9 });
    await admin.query(`UPDATE queue.job SET abandonments = 5 WHERE key = 'poison'`);
    await app.close();
    await start('postgres');
    while ((await jobOf('poison')).state !== 'FAILED') await new Promise((done) => setTimeout(done, 50));
    expect(loaded).toEqual([]);
  });
});

describe('what is over', () => {
  it('is forgotten: jobs done 30 days ago and progress told a week ago, but nothing that failed or waits', async () => {
    await admin.query(`INSERT INTO queue.job (id, name, queue, key, payload, state, created_at, due_at, finished_at)
      SELECT gen_random_uuid(), 'yard.load-cart', 'yard', key, '{"cart": 1}', state, now() - age, now() + due, now() - age
      FROM (VALUES ('done long ago', 'DONE', interval '31 days', interval '0'), ('done lately', 'DONE', '29 days', '0'),
        ('failed', 'FAILED', '31 days', '0'), ('waiting', 'PENDING', '31 days', '1 day')) job (key, state, age, due)`);
    await admin.query(`INSERT INTO queue.progress (subject, sequence, type, data, at)
      VALUES ('a yard', 1, 'told', '{}', now() - interval '8 days'), ('a yard', 2, 'told', '{}', now() - interval '6 days')`);
    await start('postgres');
    const kept = async (): Promise<string[]> =>
      (
        await admin.query(`SELECT key AS left FROM queue.job WHERE key IN ('done long ago', 'done lately', 'failed', 'waiting')
          UNION ALL SELECT subject || ' ' || sequence FROM queue.progress WHERE subject = 'a yard' ORDER BY 1`)
      ).map((row: { left: string }) => row.left);
    while ((await kept()).length > 4) await new Promise((done) => setTimeout(done, 50));
    expect(await kept()).toEqual(['a yard 2', 'done lately', 'failed', 'waiting']);
  });
});

describe('the application role on the transport', () => {
  it('uses the tables of BullMQ but cannot change them', async () => {
    await start('postgres');
    await expect(admin.query('SELECT count(*) FROM bullmq.job')).resolves.toBeDefined();
    await expect(admin.query('DROP TABLE bullmq.job')).rejects.toMatchObject({ driverError: { code: '42501' } });
    await expect(admin.query('DELETE FROM queue.job')).rejects.toMatchObject({ driverError: { code: '42501' } });
  });
});
