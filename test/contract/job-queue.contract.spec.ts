import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type INestApplicationContext, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { DataSource } from 'typeorm';
import { DomainError } from '#kernel';
import { currentContext } from '#platform/observability';
import { createDataSource, PersistenceModule, TransactionRunner } from '#platform/persistence';
import {
  defineJob,
  HandlesJob,
  type JobContext,
  type JobHandler,
  JobQueue,
  PermanentJobError,
  QueueModule,
  queuePersistence,
} from '#platform/queue';
import { createTestDatabase, startRedis, type TestDatabase, testIdentifierKeys } from '#testing';

const redis = await startRedis('the JobQueue contract on Redis');
const backends = redis ? (['postgres', 'redis'] as const) : (['postgres'] as const);

interface Order {
  readonly dish: string;
}

/** A job whose handler does what the test at hand says. */
const cook = defineJob<Order>({
  name: 'kitchen.cook-dish',
  queue: 'kitchen',
  attempts: 3,
  backoffMs: 20,
  timeoutMs: 2000,
});
let behaviour: (order: Order, context: JobContext) => Promise<void> = async () => undefined;
let runs: { dish: string; attempt: number }[];
let failures: { dish: string; error: Error }[];

@HandlesJob()
class CookDish implements JobHandler<Order> {
  readonly definition = cook;

  async handle(order: Order, context: JobContext): Promise<void> {
    runs.push({ dish: order.dish, attempt: context.attempt });
    await behaviour(order, context);
  }

  async onFailed(order: Order, error: Error): Promise<void> {
    failures.push({ dish: order.dish, error });
  }
}

afterAll(() => redis?.stop());

describe.each(backends)('the job queue on %s', (backend) => {
  let database: TestDatabase;
  let admin: DataSource;
  let app: INestApplicationContext | undefined;
  let queue: JobQueue;
  let transactions: TransactionRunner;
  const openSources: DataSource[] = [];

  const start = async (options: { handlers?: Type[]; runWorkers?: boolean } = {}): Promise<INestApplicationContext> => {
    const { handlers = [CookDish], runWorkers = true } = options;
    const dataSource = await createDataSource({ url: database.url, parts: [queuePersistence] });
    openSources.push(dataSource);
    class Root {}
    const started = await NestFactory.createApplicationContext(
      {
        module: Root,
        imports: [
          PersistenceModule.forRoot({ dataSource, identifierKeys: testIdentifierKeys }),
          QueueModule.forRoot({
            queues: ['kitchen'],
            jobs: [cook],
            backend,
            connection: { databaseUrl: database.url, redisUrl: redis?.url },
            runWorkers,
            concurrency: 4,
          }),
        ],
        providers: handlers,
      },
      { logger: false, abortOnError: false },
    );
    queue = started.get(JobQueue);
    transactions = started.get(TransactionRunner);
    return started;
  };

  const stateOf = async (key: string): Promise<{ state: string; attempts: number; error: string | null } | undefined> =>
    (await admin.query('SELECT state, attempts, error FROM queue.job WHERE key = $1', [key]))[0];

  const until = async (key: string, state: string): Promise<void> => {
    while ((await stateOf(key))?.state !== state) await new Promise((resolve) => setTimeout(resolve, 20));
  };

  beforeAll(async () => {
    database = await createTestDatabase([queuePersistence]);
    admin = await createDataSource({ url: database.url, parts: [] });
  });

  afterEach(async () => {
    await app?.close();
    app = undefined;
    behaviour = async () => undefined;
    await admin.query(`UPDATE queue.job SET state = 'DONE', worker = NULL`);
  });

  afterAll(async () => {
    for (const source of [admin, ...openSources]) if (source.isInitialized) await source.destroy();
    await database.drop();
  });

  const begin = async (options?: Parameters<typeof start>[0]): Promise<void> => {
    runs = [];
    failures = [];
    app = await start(options);
  };

  it('runs a job with its payload, in a request context of its own', async () => {
    await begin();
    const contexts: unknown[] = [];
    behaviour = async () => void contexts.push(currentContext());
    await queue.enqueue(cook, 'simple', { dish: 'phở' });
    await until('simple', 'DONE');
    expect(runs).toEqual([{ dish: 'phở', attempt: 1 }]);
    expect(contexts).toEqual([
      expect.objectContaining({
        requestId: expect.stringMatching(/^job-/),
        service: 'kitchen',
        actor: { kind: 'system', id: cook.name },
      }),
    ]);
  });

  it('does not run a job whose transaction was rolled back', async () => {
    await begin();
    const order = transactions.run(async () => {
      await queue.enqueue(cook, 'rolled-back', { dish: 'bún' });
      throw new Error('the guest left');
    });
    await expect(order).rejects.toThrow('the guest left');
    await queue.enqueue(cook, 'after-rollback', { dish: 'chả' });
    await until('after-rollback', 'DONE');
    expect(runs).toEqual([{ dish: 'chả', attempt: 1 }]);
  });

  it('treats a second job with the same key as the same job', async () => {
    await begin();
    await Promise.all([1, 2, 3].map(() => queue.enqueue(cook, 'once', { dish: 'nem' })));
    await until('once', 'DONE');
    await queue.enqueue(cook, 'once', { dish: 'nem' });
    await queue.enqueue(cook, 'the-next', { dish: 'xôi' });
    await until('the-next', 'DONE');
    expect(runs.filter(({ dish }) => dish === 'nem')).toHaveLength(1);
  });

  it('tries again after a failure, and then succeeds', async () => {
    await begin();
    behaviour = async (_, { attempt }) => {
      if (attempt < 3) throw new Error('burnt');
    };
    await queue.enqueue(cook, 'third-time', { dish: 'bánh mì' });
    await until('third-time', 'DONE');
    expect(runs.map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
    expect(failures).toEqual([]);
  });

  it('gives up after the last try, and tells the handler once', async () => {
    await begin();
    behaviour = async () => {
      throw new DomainError('job-not-found');
    };
    await queue.enqueue(cook, 'hopeless', { dish: 'cơm' });
    await until('hopeless', 'FAILED');
    expect(runs).toHaveLength(3);
    expect(failures).toEqual([{ dish: 'cơm', error: expect.any(DomainError) }]);
    expect(await stateOf('hopeless')).toMatchObject({ attempts: 3, error: 'job-not-found' });
  });

  it('does not try again after a permanent error', async () => {
    await begin();
    const cause = new Error('no fish');
    behaviour = async () => {
      throw new PermanentJobError(cause);
    };
    await queue.enqueue(cook, 'permanent', { dish: 'cá' });
    await until('permanent', 'FAILED');
    expect(runs).toHaveLength(1);
    expect(failures).toEqual([{ dish: 'cá', error: cause }]);
  });

  it('aborts a try that takes too long and counts it as failed', async () => {
    await begin();
    behaviour = async (_, { attempt, signal }) => {
      if (attempt === 1) await new Promise((resolve) => signal.addEventListener('abort', resolve));
    };
    await queue.enqueue(cook, 'slow', { dish: 'kho' });
    await until('slow', 'DONE');
    expect(runs.map(({ attempt }) => attempt)).toEqual([1, 2]);
  });

  it('puts a failed job back with its tries reset; an unknown job is refused', async () => {
    await begin();
    behaviour = async () => {
      throw new PermanentJobError(new Error('out of gas'));
    };
    await queue.enqueue(cook, 'again', { dish: 'lẩu' });
    await until('again', 'FAILED');
    behaviour = async () => undefined;
    await queue.retry(cook, 'again');
    await until('again', 'DONE');
    expect(runs.map(({ attempt }) => attempt)).toEqual([1, 1]);
    await expect(queue.retry(cook, 'never-ordered')).rejects.toMatchObject({ code: 'job-not-found' });
  });

  it('keeps the jobs of an API process for the workers of another', async () => {
    await begin({ runWorkers: false });
    await queue.enqueue(cook, 'for-the-worker', { dish: 'chè' });
    await app?.close();
    expect(await stateOf('for-the-worker')).toMatchObject({ state: 'PENDING' });
    await begin();
    await until('for-the-worker', 'DONE');
    expect(runs).toEqual([{ dish: 'chè', attempt: 1 }]);
  });

  it('finishes what runs before it shuts down', async () => {
    await begin();
    let begun = (): void => undefined;
    const running = new Promise<void>((resolve) => (begun = resolve));
    behaviour = async () => {
      begun();
      await new Promise((resolve) => setTimeout(resolve, 300));
    };
    await queue.enqueue(cook, 'in-the-pan', { dish: 'trứng' });
    await running;
    await app?.close();
    app = undefined;
    expect(await stateOf('in-the-pan')).toMatchObject({ state: 'DONE' });
    const workers: unknown[] = await admin.query('SELECT 1 FROM queue.worker');
    expect(workers).toEqual([]);
  });

  it.each([
    ['no handler', [], 'kitchen.cook-dish has no handler'],
    ['two handlers', [CookDish, class extends CookDish {}], 'kitchen.cook-dish has two handlers'],
  ])('refuses to start when a job has %s', async (_what, handlers, fault) => {
    for (const handler of handlers.slice(1)) HandlesJob()(handler);
    await expect(start({ handlers })).rejects.toThrow(fault);
  });
});
