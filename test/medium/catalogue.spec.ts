import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { Global, Module, type OnApplicationBootstrap } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import {
  Catalogue,
  CatalogueEntries,
  CatalogueModule,
  cataloguePersistence,
  CatalogueSeeder,
  TypeormCatalogue,
} from '#domain/catalogue';
import { loadSettings, Settings } from '#platform/config';
import { createDataSource, PersistenceModule, TransactionRunner } from '#platform/persistence';
import { createTestDatabase, type TestDatabase, testIdentifierKeys } from '#testing';

type Json = Record<string, unknown>;

const today = '2026-11-23';
let database: TestDatabase;
let dataSource: DataSource;
let folder: string;
let transactions: TransactionRunner;
let entries: CatalogueEntries;
let seeder: CatalogueSeeder;
let catalogue: TypeormCatalogue;

beforeEach(async () => {
  database = await createTestDatabase([cataloguePersistence]);
  dataSource = await createDataSource({ url: database.url, parts: [cataloguePersistence] });
  transactions = new TransactionRunner(dataSource);
  entries = new CatalogueEntries(transactions);
  seeder = new CatalogueSeeder(entries, transactions);
  catalogue = new TypeormCatalogue(entries);
  folder = await mkdtemp(join(tmpdir(), 'khoso-catalogue-'));
  await cp('config/catalogue', folder, { recursive: true });
});

afterEach(async () => {
  jest.restoreAllMocks();
  await dataSource.destroy();
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

const edit = async (file: string, change: (list: Json[]) => void): Promise<void> => {
  const list = JSON.parse(await readFile(join(folder, file), 'utf8')) as Json[];
  change(list);
  await writeFile(join(folder, file), JSON.stringify(list));
};

/** Birth registration has another name from 1 December 2026. */
const addVersion = (): Promise<void> =>
  edit('procedures.json', (list) => {
    const current = list.find((entry) => entry['code'] === '1.001193' && entry['validTo'] === undefined) ?? {};
    list.push({ ...current, name: 'Đăng ký khai sinh (từ tháng 12)', validFrom: '2026-12-01' });
    current['validTo'] = '2026-11-30';
  });

describe('the catalogue in PostgreSQL', () => {
  it('answers what the files say', async () => {
    await seeder.seed(folder);
    expect(await catalogue.agency('H27.05.12', today)).toMatchObject({
      name: 'Ủy ban nhân dân phường Thành Sen',
      parentCode: 'H27',
      symbol: 'UBND',
      sealDiameterMm: 36,
      validFrom: '2025-07-01',
    });
    expect((await catalogue.procedures(today)).length).toBeGreaterThanOrEqual(12);
    expect((await catalogue.documentTypes(today)).length).toBeGreaterThanOrEqual(15);
    const birth = await catalogue.documentType('KQ.G15.000031', today);
    expect(birth.fields.map(({ key }) => key)).toContain('hoTen');
    expect(await catalogue.purpose('TTHC_INTAKE', today)).toMatchObject({ text: expect.stringContaining('tiếp nhận') });
    expect((await catalogue.purposes(today)).length).toBeGreaterThan(2);
  });

  it('finds a procedure by its national and its localised code (FR-08)', async () => {
    await seeder.seed(folder);
    const national = await catalogue.procedure('1.001193', today);
    expect(await catalogue.procedure('1.001193.000.00.00.H27', today)).toEqual(national);
  });

  it('is complete before the application takes its first request', async () => {
    let seen = 0;
    @Global()
    @Module({ providers: [{ provide: Settings, useValue: loadSettings({}) }], exports: [Settings] })
    class ConfigModule {}
    @Module({ imports: [CatalogueModule] })
    class ServiceModule implements OnApplicationBootstrap {
      constructor(private readonly registered: Catalogue) {}
      async onApplicationBootstrap(): Promise<void> {
        seen = (await this.registered.procedures(today)).length;
      }
    }
    // The module tree closes the data source it is given.
    const own = await createDataSource({ url: database.url, parts: [cataloguePersistence] });
    const persistence = PersistenceModule.forRoot({ dataSource: own, identifierKeys: testIdentifierKeys });
    @Module({ imports: [ConfigModule, persistence, ServiceModule] })
    class RootModule {}
    const application = await NestFactory.createApplicationContext(RootModule, { logger: false });
    await application.close();
    expect(seen).toBeGreaterThanOrEqual(12);
  });

  it('answers for the day that is asked about (FR-07)', async () => {
    await seeder.seed(folder);
    const before = await catalogue.procedure('1.001193', '2025-06-30');
    const after = await catalogue.procedure('1.001193', '2025-07-01');
    expect([before.components.length, after.components.length]).toEqual([3, 4]);
    expect(await catalogue.agency('H27.05.03', '2025-06-30')).toMatchObject({ successor: 'H27.05.12' });
    await expect(catalogue.agency('H27.05.03', '2025-07-01')).rejects.toMatchObject({ code: 'agency-unknown' });
    expect((await catalogue.agencies(today)).map(({ code }) => code)).not.toContain('H27.05.03');
  });

  it('names what it does not know', async () => {
    await seeder.seed(folder);
    await expect(catalogue.agency('H99', today)).rejects.toMatchObject({ code: 'agency-unknown' });
    await expect(catalogue.procedure('9.999999', today)).rejects.toMatchObject({ code: 'procedure-unknown' });
    await expect(catalogue.procedure('khai sinh', today)).rejects.toMatchObject({ code: 'procedure-unknown' });
    await expect(catalogue.documentType('GT.999999', today)).rejects.toMatchObject({ code: 'document-type-unknown' });
    await expect(catalogue.purpose('CURIOSITY', today)).rejects.toMatchObject({ code: 'purpose-not-registered' });
  });

  it('is seeded once, however often and by however many processes', async () => {
    const counts = await Promise.all([1, 2, 3].map(() => seeder.seed(folder)));
    expect(counts.filter(({ inserted }) => inserted > 0)).toHaveLength(1);
    expect(await seeder.seed(folder)).toEqual({ inserted: 0, closed: 0 });
    expect(await entries.version()).toBe(1);
  });

  it('gives dossiers of yesterday the version of yesterday when a new one is seeded', async () => {
    await seeder.seed(folder);
    const asBefore = await catalogue.procedure('1.001193', today);
    await addVersion();
    expect(await seeder.seed(folder)).toEqual({ inserted: 1, closed: 1 });
    const fresh = new TypeormCatalogue(entries);
    expect(await fresh.procedure('1.001193', today)).toEqual({ ...asBefore, validTo: '2026-11-30' });
    expect((await fresh.procedure('1.001193', '2026-12-01')).name).toBe('Đăng ký khai sinh (từ tháng 12)');
  });

  it('is read from memory, and again within seconds of a seeding elsewhere', async () => {
    const clock = jest.spyOn(performance, 'now').mockReturnValue(1_000_000);
    await seeder.seed(folder);
    await catalogue.procedure('1.001193', today);
    await addVersion();
    await seeder.seed(folder);
    expect((await catalogue.procedure('1.001193', '2026-12-01')).name).toBe('Đăng ký khai sinh');
    clock.mockReturnValue(1_006_000);
    expect((await catalogue.procedure('1.001193', '2026-12-01')).name).toBe('Đăng ký khai sinh (từ tháng 12)');
  });

  it('stores nothing when the files want to rewrite the past', async () => {
    await seeder.seed(folder);
    await edit('purposes.json', (list) => {
      Object.assign(list[0] ?? {}, { text: 'Mục đích khác' });
      list.push({ code: 'NEW_PURPOSE', text: 'Mục đích mới', validFrom: today });
    });
    await expect(seeder.seed(folder)).rejects.toMatchObject({
      code: 'catalogue-invalid',
      details: [{ field: 'purposes.json#/0' }],
    });
    await expect(new TypeormCatalogue(entries).purpose('NEW_PURPOSE', today)).rejects.toMatchObject({
      code: 'purpose-not-registered',
    });
  });

  it('does not let the application rewrite or delete a version by hand', async () => {
    await seeder.seed(folder);
    const rewrite = `UPDATE catalogue.entry SET content = '{}' WHERE code = 'H27'`;
    await expect(dataSource.query(rewrite)).rejects.toThrow('cannot be rewritten');
    const reopen = `UPDATE catalogue.entry SET valid_to = NULL WHERE code = 'H27.05.03'`;
    await expect(dataSource.query(reopen)).rejects.toThrow('cannot be rewritten');
    await expect(dataSource.query('DELETE FROM catalogue.entry')).rejects.toThrow('permission denied');
  });
});
