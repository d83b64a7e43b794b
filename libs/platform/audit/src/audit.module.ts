import { Global, Module } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { SystemClock } from '#kernel';
import { TransactionRunner } from '#platform/persistence';
import { AuditLog } from './audit-log.port.js';
import { AuditSequencer } from './audit-sequencer.js';
import { AuditVerifier } from './audit-verifier.js';
import { PostgresAuditLog } from './infrastructure/postgres-audit-log.js';

/** AuditLog and AuditVerifier for everyone, and the sequencer of this process. Needs PersistenceModule. */
@Global()
@Module({
  providers: [
    {
      provide: AuditLog,
      // The time of an entry is always the machine's: a test or a tool that moves the product's clock must not move the log's.
      useFactory: (transactions: TransactionRunner) => new PostgresAuditLog(transactions, new SystemClock()),
      inject: [TransactionRunner],
    },
    {
      provide: AuditVerifier,
      useFactory: (dataSource: DataSource) => new AuditVerifier(dataSource),
      inject: [DataSource],
    },
    AuditSequencer,
  ],
  exports: [AuditLog, AuditVerifier, AuditSequencer],
})
export class AuditModule {}
