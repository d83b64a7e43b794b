import { type DynamicModule, Module } from '@nestjs/common';
import { TransactionRunner } from '#platform/persistence';
import { FileSystemObjectStore } from './infrastructure/file-system-object-store.js';
import { PostgresOneTimeLinks } from './infrastructure/postgres-one-time-links.js';
import { S3ObjectStore, type S3Options } from './infrastructure/s3-object-store.js';
import { ObjectStore } from './object-store.port.js';
import { OneTimeLinks } from './one-time-links.port.js';

/** A part of the settings. */
export interface StorageOptions {
  readonly objectStore: 'filesystem' | 's3';
  /** Objects (file system only) and scratch files lie here. */
  readonly dataDir: string;
  readonly s3?: S3Options;
}

/** The store that the settings name. */
export const createObjectStore = ({ objectStore, dataDir, s3 }: StorageOptions): ObjectStore => {
  if (objectStore === 'filesystem') return new FileSystemObjectStore(dataDir);
  if (!s3) throw new Error('The S3 object store needs its endpoint, bucket and keys');
  return new S3ObjectStore(s3, dataDir);
};

/** ObjectStore and OneTimeLinks for everyone. Needs PersistenceModule. */
@Module({})
export class StorageModule {
  static forRoot(options: StorageOptions): DynamicModule {
    return {
      module: StorageModule,
      global: true,
      providers: [
        { provide: ObjectStore, useFactory: () => createObjectStore(options) },
        {
          provide: OneTimeLinks,
          useFactory: (transactions: TransactionRunner) => new PostgresOneTimeLinks(transactions),
          inject: [TransactionRunner],
        },
      ],
      exports: [ObjectStore, OneTimeLinks],
    };
  }
}
