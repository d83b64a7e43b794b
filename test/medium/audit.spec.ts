import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { NestFactory } from '@nestjs/core';
import type { INestApplicationContext } from '@nestjs/common';
import pg from 'pg';
import { type DataSource } from 'typeorm';
import {
  AuditLog,
  AuditModule,
  auditPersistence,
  type AuditRecord,
  AuditSequencer,
  AuditVerifier,
} from '#platform/audit';
import { runInContext } from '#platform/observability';
import { createDataSource, PersistenceModule, TransactionRunner } from '#platform/persistence';
import { createTestDatabase, type TestDatabase, testIdentifierKeys } from '#testing';

const record: AuditRecord = {
  event: 'document.read',
  outcome: 'success',
  service: 'reuse',
  documentId: 'd-1',
  detail: { pages: 2, note: 'trích lục' },
};

interface Fixture {
  readonly database: TestDatabase;
  readonly dataSource: DataSource;
  readonly app: INestApplicationContext;
  readonly log: AuditLog;
  readonly sequencer: AuditSequencer;
  readonly verifier: AuditVerifier;
  readonly transactions: TransactionRunner;
  /** As one who has taken over the database server: no trigger stops them. */
  attack(statement: string, values?: unknown[]): Promise<void>;
  close(): Promise<void>;
}

const open = async (): Promise<Fixture> => {
  const database = await createTestDatabase([auditPersistence]);
  const dataSource = await createDataSource({ url: database.url, parts: [auditPersistence], poolSize: 20 });
  class Root {}
  const app = await NestFactory.createApplicationContext(
    {
      module: Root,
      imports: [PersistenceModule.forRoot({ dataSource, identifierKeys: testIdentifierKeys }), AuditModule],
    },
    { logger: false },
  );
  return {
    database,
    dataSource,
    app,
    log: app.get(AuditLog),
    sequencer: app.get(AuditSequencer),
    verifier: app.get(AuditVerifier),
    transactions: app.get(TransactionRunner),
    attack: async (statement, values) => {
      const client = new pg.Client({ connectionString: database.superuserUrl });
      await client.connect();
      await client.query('SET session_replication_role = replica');
      await client.query(statement, values);
      await client.end();
    },
    close: async () => {
      await app.close();
      await database.drop();
    },
  };
};

const linked = async ({ dataSource }: Fixture): Promise<void> => {
  for (;;) {
    const pending: unknown[] = await dataSource.query('SELECT 1 FROM audit.pending LIMIT 1');
    if (pending.length === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

describe('the audit log', () => {
  let fixture: Fixture;
  beforeAll(async () => {
    fixture = await open();
  });
  afterAll(() => fixture.close());

  it('takes actor, agency, request and address from the request context', async () => {
    const id = await runInContext(
      {
        requestId: 'r-1',
        service: 'reuse',
        locale: 'vi',
        sourceIp: '10.0.0.7',
        actor: { kind: 'account', id: 'a-1', name: 'Lê Thị Hoa', role: 'officer', agencyCode: 'H27.05.12' },
      },
      () => fixture.log.append({ ...record, subjectKey: 'k-1' }),
    );
    const { entries } = await fixture.log.find({ subjectKey: 'k-1', limit: 10 });
    expect(entries).toEqual([
      expect.objectContaining({
        id,
        actor: { kind: 'account', id: 'a-1', name: 'Lê Thị Hoa', role: 'officer' },
        agencyCode: 'H27.05.12',
        requestId: 'r-1',
        sourceIp: '10.0.0.7',
        detail: { pages: 2, note: 'trích lục' },
      }),
    ]);
  });

  it('lets an access and its trace commit together or not at all', async () => {
    const access = fixture.transactions.run(async () => {
      await fixture.log.append({ ...record, subjectKey: 'k-rolled-back' });
      throw new Error('no access after all');
    });
    await expect(access).rejects.toThrow('no access after all');
    expect(await fixture.log.find({ subjectKey: 'k-rolled-back', limit: 10 })).toEqual({ entries: [] });
  });

  it('pages from the newest to the oldest', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 5; n += 1) ids.unshift(await fixture.log.append({ ...record, subjectKey: 'k-pages' }));
    const first = await fixture.log.find({ subjectKey: 'k-pages', limit: 3 });
    const second = await fixture.log.find({ subjectKey: 'k-pages', limit: 3, cursor: first.nextCursor });
    expect([...first.entries, ...second.entries].map((entry) => entry.id)).toEqual(ids);
    expect(second.nextCursor).toBeUndefined();
    await expect(fixture.log.find({ limit: 1, cursor: 'x' })).rejects.toMatchObject({ code: 'request-invalid' });
  });

  it.each([
    'UPDATE audit.entry SET outcome = $$failed$$',
    'DELETE FROM audit.entry',
    'TRUNCATE audit.entry',
    'DELETE FROM audit.link',
    `INSERT INTO audit.pending VALUES (gen_random_uuid(), now())`,
  ])('refuses the application: %s', async (statement) => {
    await expect(fixture.dataSource.query(statement)).rejects.toMatchObject({ driverError: { code: '42501' } });
  });

  it.each([
    'UPDATE audit.entry SET outcome = $$failed$$',
    'DELETE FROM audit.entry',
    'TRUNCATE audit.entry',
    'UPDATE audit.link SET hash = $$0$$',
  ])('refuses even the owner of the table: %s', async (statement) => {
    const owner = new pg.Client({ connectionString: fixture.database.ownerUrl });
    await owner.connect();
    await expect(owner.query(statement)).rejects.toThrow('is insert-only');
    await owner.end();
  });

  it('links the entries of concurrent transactions, with several sequencers at work, into one chain', async () => {
    const other = new AuditSequencer(fixture.transactions);
    await Promise.all(
      Array.from({ length: 200 }, async (_, n) => {
        await fixture.transactions.run(() => fixture.log.append({ ...record, documentId: `d-${n}` }));
        if (n % 20 === 0) await Promise.all([other.linkPending(), fixture.sequencer.linkPending()]);
      }),
    );
    await linked(fixture);
    const count: { count: string }[] = await fixture.dataSource.query('SELECT count(*) FROM audit.entry');
    expect(await fixture.verifier.verify()).toMatchObject({ ok: true, checked: Number(count[0]?.count) });
    const { entries } = await fixture.log.find({ documentId: 'd-7', limit: 1 });
    expect(entries[0]).toMatchObject({ sequence: expect.any(Number), hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
  });
});

describe('the verifier names the first entry that', () => {
  const chain = async (length: number): Promise<{ fixture: Fixture; ids: string[] }> => {
    const fixture = await open();
    const ids: string[] = [];
    for (let n = 0; n < length; n += 1) ids.push(await fixture.log.append({ ...record, documentId: `d-${n}` }));
    await linked(fixture);
    expect(await fixture.verifier.verify()).toMatchObject({ ok: true, checked: length });
    return { fixture, ids };
  };

  it.each([
    ['was altered', `UPDATE audit.entry SET document_id = 'd-other' WHERE id = $1`, 'ENTRY_ALTERED', 4],
    ['was deleted', 'DELETE FROM audit.entry WHERE id = $1', 'ENTRY_MISSING', 4],
    ['had its link rewritten', `UPDATE audit.link SET hash = repeat('a', 64) WHERE entry_id = $1`, 'ENTRY_ALTERED', 4],
  ])('%s', async (_what, statement, reason, sequence) => {
    const { fixture, ids } = await chain(6);
    await fixture.attack(statement, [ids[3]]);
    expect(await fixture.verifier.verify()).toMatchObject({
      ok: false,
      checked: 3,
      firstFault: { sequence, entryId: ids[3], reason },
    });
    await fixture.close();
  });

  it('follows a link that was taken out', async () => {
    const { fixture, ids } = await chain(6);
    await fixture.attack('DELETE FROM audit.link WHERE entry_id = $1', [ids[3]]);
    expect(await fixture.verifier.verify()).toMatchObject({
      ok: false,
      firstFault: { sequence: 5, entryId: ids[4], reason: 'SEQUENCE_GAP' },
    });
    await fixture.close();
  });

  it('was written around the chain', async () => {
    const { fixture } = await chain(2);
    const forged = '01900000-0000-7000-8000-000000000000';
    await fixture.attack(
      `INSERT INTO audit.entry (id, at, service, event, outcome, actor) VALUES ($1, now(), 'reuse', 'document.read', 'success', '{}')`,
      [forged],
    );
    expect(await fixture.verifier.verify()).toMatchObject({
      ok: false,
      checked: 2,
      firstFault: { sequence: 0, entryId: forged, reason: 'ENTRY_UNLINKED' },
    });
    await fixture.close();
  });
});

describe('no log, no access', () => {
  it('refuses the access with log-unavailable when the entry cannot be written', async () => {
    const fixture = await open();
    await fixture.attack('REVOKE INSERT ON audit.entry FROM khoso_app');
    const access = fixture.transactions.run(async () => {
      await fixture.log.append(record);
      return 'the document';
    });
    await expect(access).rejects.toMatchObject({ name: 'DomainError', code: 'log-unavailable' });
    await fixture.attack('GRANT INSERT ON audit.entry TO khoso_app');
    await expect(fixture.log.append(record)).resolves.toEqual(expect.any(String));
    await fixture.close();
  });
});
