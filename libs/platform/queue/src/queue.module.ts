import {
  type BeforeApplicationShutdown,
  type DynamicModule,
  Inject,
  Injectable,
  Module,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { DiscoveryModule, DiscoveryService } from '@nestjs/core';
import { TransactionRunner } from '#platform/persistence';
import { HANDLES_JOB } from './handles-job.decorator.js';
import { BullMqTransport, postgresBackend, redisBackend } from './infrastructure/bullmq-transport.js';
import { DatabaseSession } from './infrastructure/database-session.js';
import { JobLedger } from './infrastructure/job-ledger.js';
import { JobTransport } from './infrastructure/job-transport.port.js';
import { LedgerJobQueue } from './infrastructure/ledger-job-queue.js';
import { PostgresProgressFeed } from './infrastructure/postgres-progress-feed.js';
import { WorkerHost } from './infrastructure/worker-host.js';
import type { JobDefinition } from './job-definition.js';
import { JobQueue } from './job-queue.port.js';
import { type AnyJobHandler, JobRegistry } from './job-registry.js';
import { ProgressFeed } from './progress.port.js';

export interface QueueOptions {
  /** Queues (service names) that this process runs; every job of them must have exactly one handler here. */
  readonly queues: readonly string[];
  /** All jobs of those queues, from the services' definitions; jobs of other queues may be listed and are ignored. */
  readonly jobs: readonly JobDefinition<object>[];
  readonly backend: 'postgres' | 'redis';
  readonly connection: {
    /** As the application role. The ledger and the progress feed need it whatever the backend. */
    readonly databaseUrl: string;
    /** Needed by the Redis backend. */
    readonly redisUrl?: string;
    /** Prefix of the Redis keys; default `khoso`. */
    readonly redisPrefix?: string;
  };
  /** False for an API process: it enqueues and follows, but runs nothing. */
  readonly runWorkers: boolean;
  /** Jobs at once per queue in this process. */
  readonly concurrency: number;
}

const QUEUE_OPTIONS = Symbol('QueueOptions');

const createTransport = ({ backend, connection, queues, runWorkers }: QueueOptions): JobTransport => {
  if (backend === 'postgres')
    return new BullMqTransport(postgresBackend(connection.databaseUrl, runWorkers ? queues.length : 0));
  if (!connection.redisUrl) throw new Error('The Redis queue needs REDIS_URL');
  return new BullMqTransport(redisBackend(connection.redisUrl, connection.redisPrefix ?? 'khoso'));
};

/** Fails when the queue's transport cannot be reached; for readiness. */
@Injectable()
export class QueueHealth {
  constructor(private readonly transport: JobTransport) {}

  ping(): Promise<void> {
    return this.transport.ping();
  }
}

/** Checks the registry, starts the workers once the application stands, and drains them before it goes. */
@Injectable()
class QueueLifecycle implements OnApplicationBootstrap, OnModuleDestroy, BeforeApplicationShutdown {
  private host?: WorkerHost;

  constructor(
    @Inject(QUEUE_OPTIONS) private readonly options: QueueOptions,
    private readonly discovery: DiscoveryService,
    private readonly ledger: JobLedger,
    private readonly transport: JobTransport,
    private readonly session: DatabaseSession,
    private readonly feed: PostgresProgressFeed,
    private readonly transactions: TransactionRunner,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const { queues, jobs, runWorkers, concurrency } = this.options;
    const handlers = this.discovery
      .getProviders()
      .filter(({ metatype }) => metatype && Reflect.getMetadata(HANDLES_JOB, metatype))
      .map(({ instance }) => instance as AnyJobHandler);
    try {
      const registry = new JobRegistry(
        jobs.filter((job) => queues.includes(job.queue)),
        handlers,
      );
      if (!runWorkers) return;
      this.host = new WorkerHost(
        queues,
        concurrency,
        registry,
        this.ledger,
        this.transport,
        this.session,
        this.transactions,
      );
      await this.host.start();
    } catch (error) {
      // Nest calls no shutdown hook of an application that never stood.
      await this.beforeApplicationShutdown();
      throw error;
    }
  }

  onModuleDestroy(): void {
    this.feed.close();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.host?.stop();
    await this.transport.close();
    await this.session.close();
  }
}

/** JobQueue and ProgressFeed for everyone, and the workers of this process. */
@Module({})
export class QueueModule {
  static forRoot(options: QueueOptions): DynamicModule {
    return {
      module: QueueModule,
      global: true,
      imports: [DiscoveryModule],
      providers: [
        { provide: QUEUE_OPTIONS, useValue: options },
        { provide: JobTransport, useFactory: () => createTransport(options) },
        { provide: DatabaseSession, useFactory: () => new DatabaseSession(options.connection.databaseUrl) },
        {
          provide: JobLedger,
          useFactory: (runner: TransactionRunner) => new JobLedger(runner),
          inject: [TransactionRunner],
        },
        {
          provide: JobQueue,
          useFactory: (runner: TransactionRunner, ledger: JobLedger, transport: JobTransport) =>
            new LedgerJobQueue(runner, ledger, transport),
          inject: [TransactionRunner, JobLedger, JobTransport],
        },
        {
          provide: PostgresProgressFeed,
          useFactory: (runner: TransactionRunner, session: DatabaseSession) =>
            new PostgresProgressFeed(runner, session),
          inject: [TransactionRunner, DatabaseSession],
        },
        { provide: ProgressFeed, useExisting: PostgresProgressFeed },
        QueueHealth,
        QueueLifecycle,
      ],
      exports: [JobQueue, ProgressFeed, QueueHealth],
    };
  }
}
