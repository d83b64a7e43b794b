import type { INestApplicationContext } from '@nestjs/common';
import { Global, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AvailabilityModule, availabilityPersistence, AvailabilityService } from '#domain/availability';
import { cataloguePersistence } from '#domain/catalogue';
import { Dossiers, DossiersModule, dossiersPersistence } from '#domain/dossiers';
import { EventPublisher, EventsModule, eventsPersistence, subscriptions } from '#domain/events';
import {
  type Confirmation,
  type DocumentRecord,
  type FieldValue,
  type NewDocument,
  type Owner,
  Owners,
  Records,
  RecordsModule,
  recordsPersistence,
} from '#domain/records';
import { Clock, newId, sha256Hex } from '#kernel';
import { loadSettings, Settings } from '#platform/config';
import { createDataSource, IdentifierProtection, PersistenceModule, TransactionRunner } from '#platform/persistence';
import { QueueModule, queuePersistence } from '#platform/queue';
import { createTestDatabase, type TestDatabase, testIdentifierKeys } from '#testing';
import pg from 'pg';

const parts = [
  queuePersistence,
  cataloguePersistence,
  recordsPersistence,
  dossiersPersistence,
  eventsPersistence,
  availabilityPersistence,
];

/** Noon in Viet Nam on the day the tests stand on; each look is a second later, so that nothing happens at once. */
class TestClock extends Clock {
  private at = Date.parse('2026-11-23T12:00:00+07:00');

  now(): Date {
    this.at += 1_000;
    return new Date(this.at);
  }
}

export const today = '2026-11-23';

/** The domain libraries on a real database, catalogue and job ledger, as a service has them. */
export class TestDomain {
  private constructor(
    private readonly application: INestApplicationContext,
    readonly database: TestDatabase,
    readonly admin: pg.Client,
  ) {}

  static async start(): Promise<TestDomain> {
    const database = await createTestDatabase(parts);
    const dataSource = await createDataSource({ url: database.url, parts });
    @Global()
    @Module({
      providers: [
        { provide: Settings, useValue: loadSettings({}) },
        { provide: Clock, useClass: TestClock },
      ],
      exports: [Settings, Clock],
    })
    class EnvironmentModule {}
    @Module({
      imports: [
        EnvironmentModule,
        PersistenceModule.forRoot({ dataSource, identifierKeys: testIdentifierKeys }),
        QueueModule.forRoot({
          queues: [],
          jobs: subscriptions.map(({ job }) => job),
          backend: 'postgres',
          connection: { databaseUrl: database.url },
          runWorkers: false,
          concurrency: 1,
        }),
        AvailabilityModule,
        DossiersModule,
        EventsModule,
        RecordsModule,
      ],
    })
    class RootModule {}
    const application = await NestFactory.createApplicationContext(RootModule, { logger: false, abortOnError: false });
    const admin = new pg.Client({ connectionString: database.superuserUrl });
    await admin.connect();
    return new TestDomain(application, database, admin);
  }

  get owners(): Owners {
    return this.application.get(Owners);
  }
  get records(): Records {
    return this.application.get(Records);
  }
  get dossiers(): Dossiers {
    return this.application.get(Dossiers);
  }
  get availability(): AvailabilityService {
    return this.application.get(AvailabilityService);
  }
  get events(): EventPublisher {
    return this.application.get(EventPublisher);
  }
  get transactions(): TransactionRunner {
    return this.application.get(TransactionRunner);
  }
  get protection(): IdentifierProtection {
    return this.application.get(IdentifierProtection);
  }

  async stop(): Promise<void> {
    await this.admin.end();
    await this.application.close();
    await this.database.drop();
  }

  person(value: string, name: string, birthDate?: string): Promise<Owner> {
    return this.owners.resolve({ kind: 'PERSON_PIN', value }, { name, birthDate });
  }

  business(value: string, name: string): Promise<Owner> {
    return this.owners.resolve({ kind: 'ORGANISATION_MST', value }, { name });
  }

  /** A scan that was checked, signed and read, and waits for the official. */
  async extracted(document: Partial<NewDocument> & Pick<NewDocument, 'owners' | 'typeCode'>): Promise<DocumentRecord> {
    const { id } = await this.records.create({ ...newDocument(), ...document });
    for (const state of ['QC_PASSED', 'SCAN_SIGNED', 'EXTRACTED'] as const) await this.records.transition(id, state);
    return this.records.get(id);
  }

  /** A document on file. */
  async onFile(
    document: Partial<NewDocument> & Pick<NewDocument, 'owners' | 'typeCode'>,
    confirmed: Partial<Confirmation> = {},
  ): Promise<DocumentRecord> {
    const { id } = await this.extracted(document);
    return this.records.confirm(id, { ...confirmation(), ...confirmed });
  }

  /** Types of the events written so far that name the document, in order. */
  async eventsOf(documentId: string): Promise<string[]> {
    const { rows } = await this.admin.query<{ type: string }>(
      `SELECT type FROM platform.outbox WHERE data->>'documentId' = $1 ORDER BY at, id`,
      [documentId],
    );
    return rows.map(({ type }) => type);
  }
}

export const newDocument = (): Omit<NewDocument, 'owners' | 'typeCode'> => ({
  name: 'Giấy khai sinh',
  kind: 'result',
  submissionForm: 'ORIGINAL',
  custodianAgencyCode: 'H27.05.12',
  version: {
    sha256: sha256Hex(newId()),
    bytes: 183_204,
    pages: 1,
    originalSha256: sha256Hex(newId()),
    signature: {
      verdict: 'VALID',
      checkedAt: new Date('2026-11-23T05:00:00Z'),
      signers: [{ name: 'Lê Thị Hoa', role: 'person' }],
    },
  },
});

export const confirmation = (): Confirmation => ({
  confirmedBy: { accountId: 'canbo', name: 'Lê Thị Hoa' },
  fields: [typed('soKyHieu', '05/KS'), typed('ngayCap', '2020-03-05')],
  permanent: false,
  code: { kind: 'result', resultTypeCode: 'KQ.G15.000031', numberSymbol: '05/KS' },
  returned: true,
});

export const typed = (key: string, value: string): FieldValue => ({ key, value, source: 'TYPED', confidence: 1 });
