import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { AtomicCounter, createDataSource, Outbox, runMigrations, TransactionRunner } from '#platform/persistence';
import { createTestDatabase, type TestDatabase } from '#testing';

let database: TestDatabase;
let dataSource: DataSource;
let transactions: TransactionRunner;

beforeAll(async () => {
  database = await createTestDatabase([]);
  dataSource = await createDataSource({ url: database.url, parts: [], poolSize: 20 });
  transactions = new TransactionRunner(dataSource);
});

afterAll(async () => {
  await dataSource.destroy();
  await database.drop();
});

describe('the application role', () => {
  const refused = { code: '42501' };

  it('reads, inserts and updates', async () => {
    const counter = new AtomicCounter(transactions);
    await counter.next('role', 'a');
    await expect(counter.next('role', 'a')).resolves.toBe(2);
  });

  it.each([
    ['delete rows', 'DELETE FROM platform.counter'],
    ['empty a table', 'TRUNCATE platform.counter'],
    ['create a table', 'CREATE TABLE platform.stolen (id int)'],
    ['create a table in public', 'CREATE TABLE public.stolen (id int)'],
    ['create a temporary table', 'CREATE TEMPORARY TABLE stolen (id int)'],
    ['alter a table', 'ALTER TABLE platform.counter ADD COLUMN x int'],
    ['drop a table', 'DROP TABLE platform.counter'],
    ['create a schema', 'CREATE SCHEMA stolen'],
    ['become the owner', 'SET ROLE khoso_owner'],
    ['create a role', 'CREATE ROLE stolen'],
  ])('may not %s', async (_what, statement) => {
    await expect(dataSource.query(statement)).rejects.toMatchObject({ driverError: refused });
  });
});

describe('migrations', () => {
  it('run once, however many processes start together', async () => {
    const fresh = await createTestDatabase([]);
    const client = new pg.Client({ connectionString: fresh.ownerUrl });
    await client.connect();
    await client.query('DROP SCHEMA platform CASCADE');
    await client.query('DROP TABLE public.migration');
    const runs = await Promise.all([1, 2, 3].map(() => runMigrations({ ownerUrl: fresh.ownerUrl, parts: [] })));
    expect(runs.flat()).toEqual(['CreatePlatform1795392000000']);
    await client.end();
    await fresh.drop();
  });
});

describe('the atomic counter (FR-31, FR-47)', () => {
  it('gives 200 concurrent callers 200 distinct consecutive numbers', async () => {
    const counter = new AtomicCounter(transactions);
    const numbers = await Promise.all(
      Array.from({ length: 200 }, () => transactions.run(() => counter.next('document-number', 'H27.05.12/2026'))),
    );
    expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 200 }, (_, index) => index + 1));
  });

  it('gives the number of a rolled-back transaction to the next caller', async () => {
    const counter = new AtomicCounter(transactions);
    await transactions.run(() => counter.next('gap', 'k'));
    const failing = transactions.run(async () => {
      await counter.next('gap', 'k');
      throw new Error('no document after all');
    });
    await expect(failing).rejects.toThrow('no document after all');
    await expect(transactions.run(() => counter.next('gap', 'k'))).resolves.toBe(2);
  });
});

describe('a transaction', () => {
  const outboxCount = async (type: string): Promise<number> => {
    const rows: { count: string }[] = await dataSource.query('SELECT count(*) FROM platform.outbox WHERE type = $1', [
      type,
    ]);
    return Number(rows[0]?.count);
  };

  it('takes its outbox rows with it when it fails, and its effects after commit do not happen', async () => {
    const outbox = new Outbox(transactions);
    const effects: string[] = [];
    const failing = transactions.run(async () => {
      await outbox.append({ type: 'failed', source: '/test', data: {} });
      await transactions.afterCommit(() => void effects.push('told'));
      throw new Error('stop');
    });
    await expect(failing).rejects.toThrow('stop');
    expect(await outboxCount('failed')).toBe(0);
    expect(effects).toEqual([]);
  });

  it('joins the outer one, and its effects wait for the outer commit', async () => {
    const outbox = new Outbox(transactions);
    const effects: string[] = [];
    await transactions.run(async () => {
      await transactions.run(async () => {
        await outbox.append({ type: 'joined', source: '/test', data: { a: 1 } });
        await transactions.afterCommit(() => void effects.push('told'));
      });
      expect(effects).toEqual([]);
      expect(await outboxCount('joined')).toBe(0);
    });
    expect(await outboxCount('joined')).toBe(1);
    expect(effects).toEqual(['told']);
  });
});
