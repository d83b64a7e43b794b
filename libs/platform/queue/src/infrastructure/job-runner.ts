import { Logger } from '@nestjs/common';
import { DomainError } from '#kernel';
import { runInContext } from '#platform/observability';
import type { TransactionRunner } from '#platform/persistence';
import { PermanentJobError } from '../job-queue.port.js';
import type { AnyJobHandler, JobRegistry } from '../job-registry.js';
import type { ClaimedJob, JobLedger } from './job-ledger.js';
import { jobMetrics, type JobOutcome } from './job-metrics.js';
import type { Delivery, JobTransport } from './job-transport.port.js';

const maxAbandonments = 5;

class ShuttingDown extends Error {}

/** Takes a delivered job through one try: claim, handle, settle. Never rejects. */
export class JobRunner {
  private readonly logger = new Logger('Jobs');
  private readonly running = new Set<AbortController>();
  private readonly unknown = new Set<string>();

  constructor(
    private readonly worker: number,
    private readonly registry: JobRegistry,
    private readonly ledger: JobLedger,
    private readonly transport: JobTransport,
    private readonly transactions: TransactionRunner,
  ) {}

  async take(jobId: string): Promise<void> {
    try {
      const job = await this.ledger.claim(jobId, this.worker);
      if (!job) return;
      const handler = this.registry.find(job.name);
      if (!handler) {
        // Enqueued by a newer release: given back for a worker that knows it.
        if (!this.unknown.has(job.name)) this.logger.error(`No handler here for ${job.name}`);
        this.unknown.add(job.name);
        await this.ledger.release(job, this.worker);
        return;
      }
      const context = {
        requestId: `job-${job.id}`,
        service: handler.definition.queue,
        locale: 'vi',
        actor: { kind: 'system', id: job.name },
      } as const;
      await runInContext({ ...context, actor: { ...context.actor } }, () => this.try(job, handler));
    } catch (error) {
      // The ledger could not be reached; the reconciler brings the job back.
      this.logger.error(`Job ${jobId} could not be settled: ${describe(error)}`);
    }
  }

  /** Aborts what runs; each job goes back to the ledger as if it had not been tried. */
  abortAll(): void {
    for (const controller of this.running) controller.abort(new ShuttingDown('This worker is shutting down'));
  }

  private async try(job: ClaimedJob, handler: AnyJobHandler): Promise<void> {
    const done = jobMetrics.duration.startTimer({ job: job.name });
    const outcome = await this.handle(job, handler);
    done();
    jobMetrics.outcomes.inc({ job: job.name, outcome });
  }

  private async handle(job: ClaimedJob, handler: AnyJobHandler): Promise<JobOutcome> {
    if (job.abandonments >= maxAbandonments) {
      return this.giveUp(job, handler, new DomainError('job-abandoned', { job: job.name, times: job.abandonments }));
    }
    try {
      await this.runWithLimits(job, handler);
      await this.ledger.complete(job, this.worker);
      return 'done';
    } catch (error) {
      if (error instanceof ShuttingDown) {
        await this.ledger.release(job, this.worker);
        return 'released';
      }
      const permanent = error instanceof PermanentJobError;
      const cause = permanent ? error.cause : error instanceof Error ? error : new Error(String(error));
      if (permanent || job.attempt >= handler.definition.attempts) return this.giveUp(job, handler, cause);
      return this.tryAgain(job, handler, cause);
    }
  }

  private async runWithLimits(job: ClaimedJob, handler: AnyJobHandler): Promise<void> {
    const controller = new AbortController();
    const { timeoutMs, name } = handler.definition;
    const timer = setTimeout(
      () => controller.abort(new DomainError('job-timed-out', { job: name, seconds: timeoutMs / 1000 })),
      timeoutMs,
    );
    this.running.add(controller);
    try {
      // A handler that does not heed the signal must not hold the worker for ever; its late result is fenced off.
      const aborted = new Promise<never>((_, reject) => {
        controller.signal.addEventListener('abort', () => reject(controller.signal.reason));
      });
      const work = handler.handle(job.payload, { jobId: job.id, attempt: job.attempt, signal: controller.signal });
      await Promise.race([work, aborted]);
    } finally {
      clearTimeout(timer);
      this.running.delete(controller);
    }
  }

  private async tryAgain(job: ClaimedJob, handler: AnyJobHandler, error: Error): Promise<JobOutcome> {
    const delayMs = handler.definition.backoffMs * 2 ** (job.attempt - 1);
    this.logger.warn(`${job.name} failed (try ${job.attempt}), again in ${delayMs} ms: ${describe(error)}`);
    const delivery = await this.ledger.postpone(job, this.worker, delayMs, describe(error));
    this.offer(delivery);
    return 'retried';
  }

  private async giveUp(job: ClaimedJob, handler: AnyJobHandler, error: Error): Promise<JobOutcome> {
    this.logger.error(`${job.name} failed for good (try ${job.attempt}): ${describe(error)}`);
    try {
      await this.transactions.run(async () => {
        const ours = await this.ledger.fail(job, this.worker, describe(error));
        if (ours) await handler.onFailed?.(job.payload, error);
      });
      return 'failed';
    } catch (cause) {
      // Nobody was told of the failure, so it has not happened yet: the job comes back.
      this.logger.error(`${job.name} could not record its failure: ${describe(cause)}`);
      const delivery = await this.ledger.postpone(job, this.worker, handler.definition.backoffMs, describe(error));
      this.offer(delivery);
      return 'retried';
    }
  }

  // Not awaited, for the transport may be away; what it does not take is offered again by the reconciler.
  private offer(delivery: Delivery | undefined): void {
    if (!delivery) return;
    this.transport
      .offer([delivery])
      .catch((error: Error) => this.logger.warn(`${delivery.name} waits in the ledger: ${error.message}`));
  }
}

/** For the ledger and the log: a code where there is one, else the first line of the message. */
const describe = (error: unknown): string =>
  error instanceof DomainError ? error.code : String(error).split('\n', 1)[0]!.slice(0, 300);
