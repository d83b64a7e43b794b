import { readFile } from 'node:fs/promises';
import { type IdentifierKeys, KeyedIdentifierProtection } from '#platform/persistence';
import pg from 'pg';

/** A person on file with an open dossier. */
export interface Subject {
  readonly personalId: string;
  readonly dossierCode: string;
  readonly procedureCode: string;
}

export interface Registry {
  readonly owners: number;
  readonly documents: number;
  readonly subjects: readonly Subject[];
}

export const registryAgency = 'H27.05.12';

// What people file most, with components of several types; a tenth of all owners are businesses.
const procedureCodes = ['1.004222', '1.001776', '1.012784'];
const personTypes =
  'KQ.G15.000031 GT.000004 GT.000007 GT.000008 GT.000003 GT.000011 GT.000006 GT.000013 GT.000005 GT.000022 GT.000027 KQ.G15.000031';
const businessTypes = 'GT.000009 GT.000026 GT.000008 GT.000027';

interface Named {
  readonly code: string;
  readonly name: string;
  readonly kind: string;
}

const catalogue = async <T extends { readonly code: string }>(file: string): Promise<ReadonlyMap<string, T>> => {
  const entries = JSON.parse(await readFile(`config/catalogue/${file}.json`, 'utf8')) as T[];
  return new Map(entries.map((entry) => [entry.code, entry]));
};

/**
 * Fills the tables of records and dossiers, set by set: one to four papers an owner (two and a half on average), each
 * with a version, its owner and sometimes a parent, in the states a store of some years has. Subjects stand evenly among the
 * owners; theirs are real numbers under the given keys, and what is encrypted for the others opens as well.
 * @param superuserUrl foreign keys and triggers are not run for rows that are right by construction
 */
export const seedRegistry = async (
  superuserUrl: string,
  keys: IdentifierKeys,
  size: { readonly owners: number; readonly subjects: number },
): Promise<Registry> => {
  const protection = new KeyedIdentifierProtection(keys);
  const types = await catalogue<Named>('document-types');
  const procedures = await catalogue<{ code: string; components: readonly { id: string }[] }>('procedures');
  const persons = Math.floor(size.owners * 0.9);
  const stride = Math.floor(persons / size.subjects);
  const subjects = Array.from({ length: size.subjects }, (_, index) => {
    const owner = 1 + index * stride;
    return {
      owner,
      personalId: `042${owner % 2}${50 + (owner % 50)}${String(owner).padStart(6, '0')}`,
      dossierCode: `${registryAgency}-261102-${10_000 + index}`,
      procedureCode: procedureCodes[index % procedureCodes.length] ?? '',
    };
  });

  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    await client.query(
      'SET session_replication_role = replica; SET synchronous_commit = off; SET work_mem = $$256MB$$',
    );
    const restoreIndexes = await setIndexesAside(client, 'records');
    await client.query(`
      CREATE FUNCTION pg_temp.owner_id(n bigint) RETURNS uuid IMMUTABLE LANGUAGE sql
        AS $$ SELECT ('0190a000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid $$;
      CREATE FUNCTION pg_temp.paper_id(n bigint) RETURNS uuid IMMUTABLE LANGUAGE sql
        AS $$ SELECT ('0190b000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid $$;
      CREATE FUNCTION pg_temp.hash_of(kind text, n bigint) RETURNS text IMMUTABLE LANGUAGE sql
        AS $$ SELECT encode(sha256(convert_to(kind || n, 'UTF8')), 'hex') $$;
      CREATE TEMP TABLE asked (o int PRIMARY KEY, blind_index text, identifier bytea);
      CREATE TEMP TABLE sealed (n int PRIMARY KEY, identifier bytea, content bytea, code_detail bytea);
      CREATE TEMP TABLE type (position int, business boolean, code text, name text, kind text, PRIMARY KEY (business, position))`);
    await client.query('INSERT INTO asked SELECT * FROM unnest($1::int[], $2::text[], $3::bytea[])', [
      subjects.map(({ owner }) => owner),
      subjects.map(({ personalId }) => protection.blindIndex('PERSON_PIN', personalId)),
      subjects.map(({ personalId }) => protection.encrypt(personalId)),
    ]);
    const variants = Array.from({ length: 64 }, (_, index) => index);
    await client.query('INSERT INTO sealed SELECT * FROM unnest($1::int[], $2::bytea[], $3::bytea[], $4::bytea[])', [
      variants,
      variants.map((index) => protection.encrypt(`0420900009${String(index).padStart(2, '0')}`)),
      variants.map((index) => protection.encrypt(JSON.stringify(content(index)))),
      variants.map((index) => protection.encrypt(`${index}/KS`)),
    ]);
    const places = [personTypes, businessTypes].flatMap((codes, list) =>
      codes.split(' ').map((code, position) => ({ position, business: list === 1, ...types.get(code) })),
    );
    await client.query(
      'INSERT INTO type SELECT * FROM unnest($1::int[], $2::boolean[], $3::text[], $4::text[], $5::text[])',
      [
        places.map(({ position }) => position),
        places.map(({ business }) => business),
        places.map(({ code }) => code),
        places.map(({ name }) => name),
        places.map(({ kind }) => kind),
      ],
    );

    await client.query(
      `INSERT INTO records.owner (id, group_id, kind, name, subject_key, identifier, birth_date, sex, created_at)
       SELECT pg_temp.owner_id(o), pg_temp.owner_id(o),
         CASE WHEN o > $2 THEN 'ORGANISATION_MST' ELSE 'PERSON_PIN' END,
         CASE WHEN o > $2 THEN 'Công ty TNHH số ' || o ELSE 'Nguyễn Văn ' || o END,
         coalesce(a.blind_index, pg_temp.hash_of('owner', o)), coalesce(a.identifier, s.identifier),
         CASE WHEN o <= $2 THEN make_date(1950 + o % 50, 1 + o % 12, 1 + o % 28) END,
         CASE WHEN o > $2 THEN NULL WHEN o % 2 = 0 THEN 'male' ELSE 'female' END,
         timestamptz '2021-06-01' + o * interval '5 minutes'
       FROM generate_series(1, $1::int) o JOIN sealed s ON s.n = o % 64 LEFT JOIN asked a USING (o)`,
      [size.owners, persons],
    );
    await client.query(
      `INSERT INTO records.owner_alias (blind_index, owner_id, kind, identifier, created_at)
       SELECT subject_key, id, kind, identifier, created_at FROM records.owner`,
    );
    // Owners by tens of ten have renewed their first paper: the second took its place.
    await client.query(
      `CREATE TEMP TABLE paper AS
       SELECT o, k, o::bigint * 4 + k AS n, o > $2 AS business, o % 20 = 0 AND count > 1 AND k <= 2 AS renewed,
         (o * 7 + (CASE WHEN o % 20 = 0 AND k <= 2 THEN 1 ELSE k END) * 5) % (CASE WHEN o > $2 THEN 4 ELSE 12 END) AS position
       FROM (SELECT o, 1 + (o::bigint * 7919) % 4 AS count FROM generate_series(1, $1::int) o) owner,
         LATERAL generate_series(1, count) k`,
      [size.owners, persons],
    );
    await client.query(
      `INSERT INTO records.document (id, type_code, name, kind, state, submission_form, custodian_agency_code, content,
         number_index, issued_on, issuing_agency_name, issuing_agency_code, valid_from, valid_to, permanent, scope,
         returned_at, code_owner, code_subject, code_detail, code_ordinal, code_index, replaces, replaced_by,
         replacement_relation, confirmed_by_id, confirmed_by_name, confirmed_at, revocation, created_at)
       SELECT pg_temp.paper_id(p.n), t.code, t.name, t.kind, state,
         (ARRAY['E_ORIGINAL', 'ORIGINAL', 'CERTIFIED_COPY'])[1 + p.n % 3], '${registryAgency}', s.content,
         pg_temp.hash_of('number', p.n), issued_on, 'UBND phường Thành Sen', '${registryAgency}', issued_on,
         CASE WHEN p.n % 5 = 0 THEN issued_on + 1825 END, p.n % 5 <> 0, 'Toàn quốc', issued_on + interval '3 days',
         CASE WHEN coded THEN coalesce(a.identifier, s.identifier) END, CASE WHEN coded THEN t.code END,
         CASE WHEN coded THEN s.code_detail END, CASE WHEN coded THEN 1 END,
         CASE WHEN coded THEN pg_temp.hash_of('code', p.n) END,
         CASE WHEN p.renewed AND p.k = 2 THEN pg_temp.paper_id(p.n - 1) END,
         CASE WHEN p.renewed AND p.k = 1 THEN pg_temp.paper_id(p.n + 1) END,
         CASE WHEN p.renewed AND p.k = 2 THEN 'RENEWS' END, 'a-1', 'Lê Thị Hoa', issued_on + interval '1 day',
         CASE WHEN state = 'REVOKED' THEN jsonb_build_object('decidingAgencyCode', '${registryAgency}', 'decisionNumber', '12/QĐ-UBND',
           'decisionDate', '2025-03-01', 'reason', 'Cấp không đúng thẩm quyền', 'effectiveAt', '2025-03-01T00:00:00.000Z') END,
         issued_on + interval '1 day'
       FROM paper p JOIN type t ON t.business = p.business AND t.position = p.position JOIN sealed s ON s.n = p.n % 64
         LEFT JOIN asked a ON a.o = p.o
         CROSS JOIN LATERAL (SELECT date '2012-01-01' + (p.n * 37 % 5000)::int AS issued_on,
           CASE WHEN p.renewed AND p.k = 1 THEN 'SUPERSEDED' WHEN p.n % 40 = 7 AND NOT p.renewed THEN 'REVOKED'
             WHEN p.n % 50 = 9 AND NOT p.renewed THEN 'EXTRACTED' ELSE 'ACTIVE' END AS state) f
         CROSS JOIN LATERAL (SELECT state <> 'EXTRACTED' AS coded) g
       ORDER BY p.n`,
    );
    await client.query(
      `INSERT INTO records.document_owner (document_id, owner_id, role, position)
       SELECT pg_temp.paper_id(n), pg_temp.owner_id(o), 'owner', 0 FROM paper
       UNION ALL
       SELECT pg_temp.paper_id(n), pg_temp.owner_id(o + 1), 'parent', 1 FROM paper WHERE NOT business AND position IN (0, 11) AND o % 3 = 0`,
    );
    await client.query(
      `INSERT INTO records.document_version (id, document_id, number, sha256, bytes, media_type, pages, original_sha256, signature, created_at)
       SELECT ('0190c000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, pg_temp.paper_id(n), 1, pg_temp.hash_of('file', n),
         180000 + n % 900000, 'application/pdf', 1 + n % 3, CASE WHEN n % 3 > 0 THEN pg_temp.hash_of('original', n) END,
         jsonb_build_object('verdict', 'VALID', 'checkedAt', '2026-03-05T09:29:22.000Z', 'signers', jsonb_build_array(
           jsonb_build_object('name', 'Phạm Quốc Dũng', 'role', 'person', 'signedAt', '2026-03-05T16:29:22+07:00'),
           jsonb_build_object('name', 'UBND phường Thành Sen', 'role', 'agency', 'signedAt', '2026-03-05T16:30:02+07:00'))),
         timestamptz '2021-06-01' + n * interval '2 minutes'
       FROM paper ORDER BY n`,
    );
    await client.query(
      `INSERT INTO dossiers.dossier (id, code, procedure_code, received_on, owner_id, agency_code, officer_id, status, created_at)
       SELECT ('0190d000-0000-7000-8000-' || lpad(to_hex(o), 12, '0'))::uuid, code, procedure_code, '2026-11-02', pg_temp.owner_id(o),
         '${registryAgency}', 'a-1', 'OPEN', timestamptz '2026-11-02 08:00+07'
       FROM unnest($1::int[], $2::text[], $3::text[]) AS given (o, code, procedure_code)`,
      [
        subjects.map(({ owner }) => owner),
        subjects.map(({ dossierCode }) => dossierCode),
        subjects.map(({ procedureCode }) => procedureCode),
      ],
    );
    for (const procedureCode of procedureCodes) {
      await client.query(
        `INSERT INTO dossiers.component (dossier_id, component_id, position, state)
         SELECT d.id, c.id, c.position, 0 FROM dossiers.dossier d, unnest($2::text[]) WITH ORDINALITY AS c (id, position)
         WHERE d.procedure_code = $1`,
        [procedureCode, procedures.get(procedureCode)?.components.map(({ id }) => id)],
      );
    }
    await restoreIndexes();
    for (const table of ['owner', 'owner_alias', 'document', 'document_owner', 'document_version']) {
      await client.query(`VACUUM (ANALYZE) records.${table}`);
    }
    await client.query('VACUUM (ANALYZE) dossiers.dossier');
    await client.query('VACUUM (ANALYZE) dossiers.component');
    await client.query('CHECKPOINT');
    const { rows } = await client.query<{ count: number }>('SELECT count(*)::int AS count FROM records.document');
    return { owners: size.owners, documents: rows[0]?.count ?? 0, subjects };
  } finally {
    await client.end();
  }
};

/**
 * Drops a schema's indexes that belong to no constraint: built at once in the end they take a fraction of the time.
 * @returns makes them again, as the migrations had them
 */
const setIndexesAside = async (client: pg.Client, schema: string): Promise<() => Promise<void>> => {
  const { rows } = await client.query<{ index: string; definition: string }>(
    `SELECT indexrelid::regclass::text AS index, pg_get_indexdef(indexrelid) AS definition
     FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
     WHERE relnamespace = $1::regnamespace AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)`,
    [schema],
  );
  for (const { index } of rows) await client.query(`DROP INDEX ${index}`);
  return async () => {
    for (const { definition } of rows) await client.query(definition);
  };
};

/** What is read from a birth certificate, with where it stood on the page. */
const content = (index: number): object => ({
  number: String(index),
  symbol: 'KS',
  fields: ['tenGiayTo', 'soKyHieu', 'ngayCap', 'coQuanCap', 'trichYeu', 'hoTen', 'ngaySinh', 'noiSinh'].map((key) => ({
    key,
    value: `${key} ${index}, Ủy ban nhân dân phường Thành Sen`,
    source: 'OCR',
    confidence: 0.97,
    page: 1,
    box: [72, 600, 300, 612],
  })),
});
