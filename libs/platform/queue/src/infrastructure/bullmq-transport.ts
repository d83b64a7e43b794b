import { Logger } from '@nestjs/common';
import { createPostgresBackend, DEFAULT_SCHEMA, type JobsOptions, withBackend } from 'bullmq';
import * as bullmq from 'bullmq';
import { Redis } from 'ioredis';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type Delivery, JobTransport } from './job-transport.port.js';

// A server that is away must not hold a shutdown up; what it did not take stays in the ledger.
const lastOffersMs = 2000;

interface Message {
  readonly jobId: string;
}

interface TransportQueue {
  add(name: string, data: Message, options: JobsOptions): Promise<unknown>;
  on(event: 'error', listener: (error: Error) => void): unknown;
  close(): Promise<void>;
}

interface TransportWorker {
  waitUntilReady(): Promise<unknown>;
  pause(doNotWaitActive?: boolean): Promise<void>;
  on(event: 'error', listener: (error: Error) => void): unknown;
  close(): Promise<void>;
}

interface WorkerSettings {
  readonly concurrency: number;
  readonly lockDuration: number;
  readonly stalledInterval: number;
  readonly maxStalledCount: number;
}

/** BullMQ's two backends behind one face; it opens and closes its own connections. */
interface Backend {
  queue(name: string): TransportQueue;
  worker(name: string, process: (job: { data: Message }) => Promise<void>, settings: WorkerSettings): TransportWorker;
  ping(): Promise<void>;
  close(): Promise<void>;
}

/**
 * BullMQ on PostgreSQL, connected as the application role: its schema was migrated by the owner (`queuePersistence`).
 * @param workers queues worked on here; each keeps one connection for LISTEN
 */
export const postgresBackend = (databaseUrl: string, workers: number): Backend => {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    application_name: 'khoso-queue',
    options: `-c search_path=${DEFAULT_SCHEMA}`,
    max: 4 + 2 * workers,
    keepAlive: true,
  });
  const { Queue, Worker } = withBackend(createPostgresBackend);
  return {
    queue: (name) => new Queue(name, { connection: pool }),
    worker: (name, process, settings) => new Worker<Message>(name, process, { connection: pool, ...settings }),
    ping: async () => void (await pool.query('SELECT 1')),
    close: () => pool.end(),
  };
};

/** BullMQ on Redis. @param prefix of every key, so that installations can share a server */
export const redisBackend = (redisUrl: string, prefix: string): Backend => {
  // BullMQ wants commands to wait for the server's return instead of failing.
  const connection = new Redis(redisUrl, { maxRetriesPerRequest: null });
  connection.on('error', (error) => new Logger('Redis').warn(error.message));
  return {
    queue: (name) => new bullmq.Queue(name, { connection, prefix }),
    worker: (name, process, settings) => new bullmq.Worker<Message>(name, process, { connection, prefix, ...settings }),
    ping: async () => void (await connection.ping()),
    close: async () => connection.disconnect(),
  };
};

export class BullMqTransport extends JobTransport {
  private readonly logger = new Logger(BullMqTransport.name);
  private readonly queues = new Map<string, TransportQueue>();
  private readonly workers: TransportWorker[] = [];
  private readonly offers = new Set<Promise<unknown>>();

  constructor(private readonly backend: Backend) {
    super();
  }

  override async offer(deliveries: readonly Delivery[]): Promise<void> {
    const offered = Promise.all(
      // One by one: the bulk call of the PostgreSQL backend makes temporary tables, which the application role may not.
      deliveries.map(({ jobId, name, queue, deliveries: count, delayMs }) =>
        this.queue(queue).add(
          name,
          { jobId },
          {
            jobId: `${jobId}-${count}`,
            delay: delayMs,
            attempts: 1,
            removeOnComplete: true,
            removeOnFail: true,
          },
        ),
      ),
    ).finally(() => this.offers.delete(offered));
    this.offers.add(offered);
    await offered;
  }

  override async work(queue: string, concurrency: number, take: (jobId: string) => Promise<void>): Promise<void> {
    const worker = this.backend.worker(queue, (job) => take(job.data.jobId), {
      concurrency,
      // Only for a delivery that died between BullMQ and the ledger; past that point the ledger watches over the job.
      lockDuration: 15_000,
      stalledInterval: 5_000,
      maxStalledCount: 100,
    });
    worker.on('error', (error) => this.logger.warn(`Queue ${queue}: ${error.message}`));
    this.workers.push(worker);
    await worker.waitUntilReady();
  }

  override async pause(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.pause(true)));
  }

  override async close(): Promise<void> {
    await Promise.race([Promise.allSettled(this.offers), sleep(lastOffersMs, undefined, { ref: false })]);
    await Promise.all(this.workers.map((worker) => worker.close()));
    await Promise.all([...this.queues.values()].map((queue) => queue.close()));
    await this.backend.close();
  }

  override ping(): Promise<void> {
    return this.backend.ping();
  }

  private queue(name: string): TransportQueue {
    const known = this.queues.get(name);
    if (known) return known;
    const queue = this.backend.queue(name);
    queue.on('error', (error) => this.logger.warn(`Queue ${name}: ${error.message}`));
    this.queues.set(name, queue);
    return queue;
  }
}
