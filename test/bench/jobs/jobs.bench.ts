import { queuePersistence } from '#platform/queue';
import { startRedis } from '#testing';
import { Redis } from 'ioredis';
import type { Bench } from '../bench.js';
import { inTurn } from '../measuring/rounds.js';
import { median } from '../measuring/statistics.js';
import type { Figure } from '../report/figure.js';
import type { Workshop } from '../workshop.js';
import { openBareQueue } from './bare-queue.js';
import { openLedgerQueue } from './ledger-queue.js';
import { type BackendUnderTest, enqueuers } from './queue-under-test.js';

const concurrency = 8;
const measure = async (workshop: Workshop, backend: BackendUnderTest, jobs: number): Promise<Figure> => {
  const queues = {
    ledger: await openLedgerQueue(backend, concurrency),
    bare: await openBareQueue(backend, concurrency),
  };
  const close = (): Promise<unknown> => Promise.all([queues.ledger.close(), queues.bare.close()]);
  try {
    await queues.ledger.run(100);
    await queues.bare.run(100);
    const rounds = workshop.quick ? 1 : 3;
    const { ledger, bare } = await inTurn<'ledger' | 'bare', number>(rounds, {
      ledger: () => queues.ledger.run(jobs),
      bare: () => queues.bare.run(jobs),
    });
    return {
      measure: `enqueued to done on ${backend.name}`,
      value: median(ledger),
      unit: 'jobs/s',
      better: 'higher',
      beside: { name: 'bare BullMQ, no ledger', value: median(bare) },
      samples: `${rounds} x ${jobs} jobs, ${enqueuers} enqueue, ${concurrency} work`,
    };
  } finally {
    await close();
  }
};

const versionOf = async (redisUrl: string): Promise<string> => {
  const client = new Redis(redisUrl);
  const facts = await client.info('server');
  client.disconnect();
  return /redis_version:(\S+)/.exec(facts)?.[1] ?? 'unknown';
};

export const jobsBench: Bench = {
  name: 'jobs',
  about: 'jobs that do nothing through ledger and transport, beside the bare transport',
  async run(workshop) {
    const { url: databaseUrl } = await workshop.database('bench_jobs', [queuePersistence]);
    const figures = [await measure(workshop, { name: 'PostgreSQL', databaseUrl }, workshop.quick ? 200 : 1_500)];
    const redis = await startRedis('jobs on Redis');
    if (!redis) return figures;
    workshop.onClose(() => redis.stop());
    workshop.servers.Redis = await versionOf(redis.url);
    figures.push(
      await measure(workshop, { name: 'Redis', databaseUrl, redisUrl: redis.url }, workshop.quick ? 500 : 3_000),
    );
    return figures;
  },
};
