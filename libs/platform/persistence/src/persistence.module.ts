import { type DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { AtomicCounter } from './atomic-counter.js';
import { IdentifierProtection } from './identifier-protection.port.js';
import { type IdentifierKeys, KeyedIdentifierProtection } from './keyed-identifier-protection.js';
import { Outbox } from './outbox.js';
import { TransactionRunner } from './transaction-runner.js';

export interface PersistenceOptions {
  /** Connected as the application role; closed when the application shuts down. */
  readonly dataSource: DataSource;
  readonly identifierKeys: IdentifierKeys;
}

/** The database, for everyone: DataSource, TransactionRunner, AtomicCounter, Outbox, IdentifierProtection. */
@Module({})
export class PersistenceModule {
  static forRoot({ dataSource, identifierKeys }: PersistenceOptions): DynamicModule {
    return {
      module: PersistenceModule,
      global: true,
      imports: [
        TypeOrmModule.forRootAsync({ useFactory: () => dataSource.options, dataSourceFactory: async () => dataSource }),
      ],
      providers: [
        { provide: TransactionRunner, useFactory: () => new TransactionRunner(dataSource) },
        {
          provide: AtomicCounter,
          useFactory: (runner: TransactionRunner) => new AtomicCounter(runner),
          inject: [TransactionRunner],
        },
        { provide: Outbox, useFactory: (runner: TransactionRunner) => new Outbox(runner), inject: [TransactionRunner] },
        { provide: IdentifierProtection, useFactory: () => new KeyedIdentifierProtection(identifierKeys) },
      ],
      exports: [TransactionRunner, AtomicCounter, Outbox, IdentifierProtection],
    };
  }
}
