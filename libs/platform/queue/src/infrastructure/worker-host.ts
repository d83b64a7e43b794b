import { Logger } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TransactionRunner } from '#platform/persistence';
import type { JobRegistry } from '../job-registry.js';
import type { DatabaseSession } from './database-session.js';
import type { JobLedger } from './job-ledger.js';
import { JobRunner } from './job-runner.js';
import type { Delivery, JobTransport } from './job-transport.port.js';

const tickMs = 1000;
const offersPerTick = 200;
// Once a minute and process: more than any office finishes, and too little to be felt beside the work.
const ticksPerCleaning = 60;
const removalsPerCleaning = 1000;
const drainMs = 20_000;
const abortGraceMs = 5_000;
/** First key of the advisory locks by which workers are known to live; the second is the worker's id. */
const workerLockClass = 0x6b68_6f77;

/** The worker side of one process: takes deliveries, shows that it lives, and puts right what the transport lost or others left behind. */
export class WorkerHost {
  private readonly logger = new Logger(WorkerHost.name);
  private readonly underWay = new Set<Promise<void>>();
  private readonly stopping = new AbortController();
  private loop?: Promise<void>;
  private runner?: JobRunner;
  private worker?: number;
  private offers = 0;

  constructor(
    private readonly queues: readonly string[],
    private readonly concurrency: number,
    private readonly registry: JobRegistry,
    private readonly ledger: JobLedger,
    private readonly transport: JobTransport,
    private readonly session: DatabaseSession,
    private readonly transactions: TransactionRunner,
  ) {}

  async start(): Promise<void> {
    const worker = await this.ledger.registerWorker();
    this.worker = worker;
    await this.session.whenConnected(async (client) => {
      await client.query('SELECT pg_advisory_lock($1, $2)', [workerLockClass, worker]);
    });
    const runner = new JobRunner(worker, this.registry, this.ledger, this.transport, this.transactions);
    this.runner = runner;
    for (const queue of this.queues) {
      await this.transport.work(queue, this.concurrency, (jobId) => {
        const work = runner.take(jobId).finally(() => this.underWay.delete(work));
        this.underWay.add(work);
        return work;
      });
    }
    this.loop = this.tick(worker);
  }

  /** Takes no more work, waits for what runs, aborts what takes too long, and leaves nothing marked as running here. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.transport.pause();
    await this.untilIdle(drainMs);
    if (this.underWay.size > 0) {
      this.runner?.abortAll();
      await this.untilIdle(abortGraceMs);
    }
    await this.loop;
    if (this.worker !== undefined) await this.ledger.removeWorker(this.worker);
  }

  // Not awaited: a transport that is away must not stop the heartbeat.
  private offer(deliveries: readonly Delivery[]): void {
    if (deliveries.length === 0) return;
    this.offers += 1;
    this.transport
      .offer(deliveries)
      .catch((error: Error) => this.logger.warn(`The transport took no jobs: ${error.message}`))
      .finally(() => (this.offers -= 1));
  }

  private async untilIdle(limitMs: number): Promise<void> {
    await Promise.race([Promise.all(this.underWay), sleep(limitMs, undefined, { ref: false })]);
  }

  private async tick(worker: number): Promise<void> {
    for (let ticks = 0; !this.stopping.signal.aborted; ticks += 1) {
      try {
        await this.ledger.heartbeat(worker);
        await this.ledger.takeFromTheDead(this.queues, workerLockClass).then((lost) => this.offer(lost));
        // While the transport is away offers wait in memory; more of them would only pile up.
        if (this.offers === 0)
          await this.ledger.takeOverdue(this.queues, offersPerTick).then((lost) => this.offer(lost));
        if (ticks % ticksPerCleaning === 0) await this.ledger.forgetSpent(removalsPerCleaning);
      } catch (error) {
        this.logger.warn(`Reconciling failed, tried again in ${tickMs} ms: ${String(error)}`);
      }
      await sleep(tickMs, undefined, { signal: this.stopping.signal }).catch(() => undefined);
    }
  }
}
