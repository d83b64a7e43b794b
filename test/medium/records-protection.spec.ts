import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { DocumentRecord } from '#domain/records';
import { newDocument, TestDomain, today, typed } from './records-domain.js';

let domain: TestDomain;
let application: pg.Client;
let owner: pg.Client;
let document: DocumentRecord;

const identifiers = ['042090000123', '042190000456', '042219000789', '183456789', '3000000037', 'B1234567'];

const connect = async (connectionString: string): Promise<pg.Client> => {
  const client = new pg.Client({ connectionString });
  await client.connect();
  return client;
};

beforeAll(async () => {
  domain = await TestDomain.start();
  application = await connect(domain.database.url);
  owner = await connect(domain.database.ownerUrl);
  const child = await domain.person('042219000789', 'Nguyễn Minh Khôi', '2019-06-05');
  const father = await domain.person('042090000123', 'Nguyễn Văn An', '1990-03-15');
  await domain.owners.addAlias(father.id, { kind: 'PERSON_CMND9', value: '183456789' });
  await domain.owners.resolve({ kind: 'FOREIGN_PASSPORT', value: 'B1234567' }, { name: 'JOHN SMITH' });
  document = await domain.onFile(
    {
      typeCode: 'KQ.G15.000031',
      owners: [
        { ownerId: child.id, role: 'owner' },
        { ownerId: father.id, role: 'parent' },
      ],
    },
    {
      fields: [
        typed('soKyHieu', '05/KS'),
        typed('ngayCap', '2020-03-05'),
        typed('dinhDanhChuGiayTo', '042219000789'),
        typed('dinhDanhCha', '042090000123'),
        typed('dinhDanhMe', '042190000456'),
      ],
    },
  );
  const company = await domain.business('3000000037', 'Công ty TNHH Sông La');
  const certificate = await domain.onFile(
    { typeCode: 'GT.000009', owners: [{ ownerId: company.id, role: 'owner' }] },
    {
      fields: [typed('soKyHieu', '3000000037'), typed('ngayCap', '2020-01-10'), typed('maSoDoanhNghiep', '3000000037')],
      code: { kind: 'result', resultTypeCode: 'GT.000009', numberSymbol: '3000000037' },
    },
  );
  expect(certificate.maskedCode).toBe('300***0037.GT.000009.300***0037.01');
  await domain.records.suspend(document.id, 'Đang xác minh');
  await domain.dossiers.open({
    procedureCode: '1.004222',
    ownerId: father.id,
    agencyCode: 'H27.05.12',
    officerId: 'canbo',
    receivedOn: today,
  });
});

afterAll(async () => {
  await application.end();
  await owner.end();
  await domain.stop();
});

describe('personal numbers at rest (FR-82, FR-86)', () => {
  it('are nowhere in clear: not in any column of any table, the counters, the outbox and the job ledger included', async () => {
    const { rows: columns } = await domain.admin.query<{ place: string; column: string; isBinary: boolean }>(
      `SELECT format('%I.%I', table_schema, table_name) AS place, format('%I', column_name) AS column,
         data_type = 'bytea' AS "isBinary"
       FROM information_schema.columns
       WHERE table_schema NOT IN ('pg_catalog', 'information_schema')
         AND data_type IN ('text', 'character varying', 'json', 'jsonb', 'bytea', 'ARRAY')`,
    );
    expect(columns.length).toBeGreaterThan(60);
    const searched = new Set<string>();
    for (const { place, column, isBinary } of columns) {
      const text = isBinary ? `encode(${column}, 'escape')` : `${column}::text`;
      const { rows } = await domain.admin.query<{ hits: string[]; filled: string }>(
        `SELECT array_agg(DISTINCT i) FILTER (WHERE position(i in ${text}) > 0) AS hits, count(${column}) AS filled
         FROM ${place} CROSS JOIN unnest($1::text[]) AS i`,
        [identifiers],
      );
      expect({ place, column, hits: rows[0]?.hits ?? null }).toEqual({ place, column, hits: null });
      if (Number(rows[0]?.filled) > 0) searched.add(`${place}.${column}`);
    }
    // The search looked where the numbers would be.
    for (const place of [
      'records.owner.identifier',
      'records.owner_alias.blind_index',
      'records.document.content',
      'records.document.code_owner',
      'records.document_history.fields',
      'platform.counter.key',
      'platform.outbox.data',
      'queue.job.payload',
    ]) {
      expect(searched).toContain(place);
    }
  });

  it('are read back with the key', async () => {
    const { fields, code } = await domain.records.get(document.id);
    expect(fields.find(({ key }) => key === 'dinhDanhMe')?.value).toBe('042190000456');
    expect(code).toBe('042219000789.KQ.G15.000031.05/KS.01');
  });
});

describe('what the application role may not do', () => {
  const denied = 'permission denied';

  it.each(['document_version', 'document_history', 'owner_history'])('alter or delete a row of %s', async (table) => {
    await expect(application.query(`UPDATE records.${table} SET id = id`)).rejects.toThrow(denied);
    await expect(application.query(`DELETE FROM records.${table}`)).rejects.toThrow(denied);
    await expect(application.query(`TRUNCATE records.${table}`)).rejects.toThrow(denied);
  });

  it.each(['document', 'document_owner', 'owner', 'owner_alias'])('delete a row of %s (FR-36)', async (table) => {
    await expect(application.query(`DELETE FROM records.${table}`)).rejects.toThrow(denied);
  });

  it('change the schema, or take the guard off', async () => {
    await expect(application.query('ALTER TABLE records.document_version DISABLE TRIGGER ALL')).rejects.toThrow(
      'must be owner',
    );
  });
});

describe('what even the owner of the schema cannot do by mistake', () => {
  it('alter a version or a line of history', async () => {
    await expect(owner.query(`UPDATE records.document_version SET sha256 = repeat('0', 64)`)).rejects.toThrow(
      'insert-only',
    );
    await expect(owner.query('DELETE FROM records.document_history')).rejects.toThrow('insert-only');
  });

  it.each(['code_index', 'code_subject'])('change the code of a document: %s (FR-30)', async (column) => {
    await expect(
      owner.query(`UPDATE records.document SET ${column} = 'x' WHERE id = $1`, [document.id]),
    ).rejects.toThrow('immutable');
  });

  it('have a superseded document without a successor, or a revoked one without a decision', async () => {
    for (const state of ['SUPERSEDED', 'REVOKED']) {
      await expect(
        owner.query('UPDATE records.document SET state = $2 WHERE id = $1', [document.id, state]),
      ).rejects.toThrow('check constraint');
    }
  });

  it('store the same version number twice', async () => {
    const { id } = await domain.extracted({ typeCode: 'GT.000002', owners: ownersOf(document) });
    const versions = [newDocument().version, newDocument().version];
    await Promise.all(versions.map((version) => domain.records.addVersion(id, version)));
    expect((await domain.records.get(id)).versions.map(({ number }) => number)).toEqual([1, 2, 3]);
  });
});

const ownersOf = ({ owners }: DocumentRecord) => owners.map(({ owner: { id: ownerId }, role }) => ({ ownerId, role }));
