import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { NestFactory } from '@nestjs/core';
import type { INestApplicationContext } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm, stat, truncate, utimes, writeFile, mkdir, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDataSource, PersistenceModule, TransactionRunner } from '#platform/persistence';
import { ObjectStore, OneTimeLinks, StorageModule, storagePersistence } from '#platform/storage';
import { createTestDatabase, type TestDatabase, testIdentifierKeys } from '#testing';

let database: TestDatabase;
let dataDir: string;
let app: INestApplicationContext;
let store: ObjectStore;

beforeAll(async () => {
  database = await createTestDatabase([storagePersistence]);
  dataDir = await mkdtemp(join(tmpdir(), 'khoso-storage-'));
  await mkdir(join(dataDir, 'incoming'));
  await writeFile(join(dataDir, 'incoming', 'left-yesterday'), 'by a killed process');
  const longAgo = new Date(Date.now() - 48 * 3600 * 1000);
  await utimes(join(dataDir, 'incoming', 'left-yesterday'), longAgo, longAgo);
  const dataSource = await createDataSource({ url: database.url, parts: [storagePersistence] });
  class Root {}
  app = await NestFactory.createApplicationContext(
    {
      module: Root,
      imports: [
        PersistenceModule.forRoot({ dataSource, identifierKeys: testIdentifierKeys }),
        StorageModule.forRoot({ objectStore: 'filesystem', dataDir }),
      ],
    },
    { logger: false },
  );
  store = app.get(ObjectStore);
});

afterAll(async () => {
  await app.close();
  await database.drop();
  await rm(dataDir, { recursive: true, force: true });
});

const pathOf = (sha256: string): string => join(dataDir, 'objects', sha256.slice(0, 2), sha256.slice(2, 4), sha256);

describe('objects on the file system', () => {
  it('are read-only files under their hash', async () => {
    const { sha256 } = await store.put(Buffer.from('read only'));
    expect((await stat(pathOf(sha256))).mode & 0o777).toBe(0o400);
  });

  it('never reach a reader to the end when a byte was changed on the disk', async () => {
    const bytes = randomBytes(400_000);
    const { sha256 } = await store.put(bytes);
    bytes[200_000] = (bytes[200_000] ?? 0) ^ 1;
    await chmod(pathOf(sha256), 0o600);
    await writeFile(pathOf(sha256), bytes);
    let seen = 0;
    const reading = (async () => {
      for await (const chunk of await store.open(sha256)) seen += (chunk as Buffer).length;
    })();
    await expect(reading).rejects.toMatchObject({ code: 'integrity-failed' });
    expect(seen).toBeLessThan(bytes.length);
    await expect(store.read(sha256, { maxBytes: 1e6 })).rejects.toMatchObject({ code: 'integrity-failed' });
    await expect(store.checkOut(sha256)).rejects.toMatchObject({ code: 'integrity-failed' });
  });

  it('that were cut short are replaced when the same bytes come again', async () => {
    const bytes = randomBytes(10_000);
    const { sha256 } = await store.put(bytes);
    await chmod(pathOf(sha256), 0o600);
    await truncate(pathOf(sha256), 5000);
    await store.put(bytes);
    expect(await store.read(sha256, { maxBytes: 10_000 })).toEqual(bytes);
  });

  it('leave no scratch file of a process that was killed yesterday', async () => {
    await store.put(Buffer.from('any'));
    expect(await readdir(join(dataDir, 'incoming'))).toEqual([]);
  });
});

describe('a one-time link', () => {
  it('opens once, even when two ask at the same time', async () => {
    const links = app.get(OneTimeLinks);
    const token = await links.issue({ documentId: 'd-1' }, 60);
    const outcomes = await Promise.allSettled([links.consume(token), links.consume(token)]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toEqual([
      { status: 'fulfilled', value: { documentId: 'd-1' } },
    ]);
    await expect(links.consume(token)).rejects.toMatchObject({ code: 'link-invalid' });
  });

  it('opens nothing once it has expired, and lives five minutes at most', async () => {
    const links = app.get(OneTimeLinks);
    const expired = await links.issue({ documentId: 'd-2' }, 0);
    await expect(links.consume(expired)).rejects.toMatchObject({ code: 'link-invalid' });
    await links.issue({ documentId: 'd-3' }, 24 * 3600);
    const { manager } = app.get(TransactionRunner);
    const rows: { seconds: string }[] = await manager.query(
      'SELECT max(extract(epoch FROM expires_at - now())) AS seconds FROM storage.one_time_link',
    );
    expect(Number(rows[0]?.seconds)).toBeLessThanOrEqual(300);
  });

  it('is still good when the access it was spent for was rolled back', async () => {
    const links = app.get(OneTimeLinks);
    const token = await links.issue({ documentId: 'd-4' }, 60);
    const access = app.get(TransactionRunner).run(async () => {
      await links.consume(token);
      throw new Error('the log could not be written');
    });
    await expect(access).rejects.toThrow('the log could not be written');
    await expect(links.consume(token)).resolves.toEqual({ documentId: 'd-4' });
  });

  it('is not stored in clear', async () => {
    const token = await app.get(OneTimeLinks).issue({ documentId: 'd-5' }, 60);
    const rows: unknown[] = await app
      .get(TransactionRunner)
      .manager.query('SELECT 1 FROM storage.one_time_link WHERE token_hash = $1', [token]);
    expect(rows).toEqual([]);
  });
});
