import { createHash, randomBytes } from 'node:crypto';
import pg from 'pg';
import { ensureDatabase, type PersistencePart, runMigrations } from '#platform/persistence';
import { testCluster } from './test-cluster.js';

export interface TestDatabase {
  /** As the application role. */
  readonly url: string;
  /** As the owner role. */
  readonly ownerUrl: string;
  /** As the superuser, for tests that play the attacker. */
  readonly superuserUrl: string;
  drop(): Promise<void>;
}

/**
 * A fresh database with the migrations of the parts, copied from a template that is made once per set of parts
 * (about 50 ms). Drop it when done; one left behind goes with the cluster.
 */
export const createTestDatabase = async (parts: readonly PersistencePart[]): Promise<TestDatabase> => {
  const cluster = await testCluster();
  const name = `khoso_test_${randomBytes(8).toString('hex')}`;
  const at = (url: string, database: string): string => url.replace(/\/[^/]*$/, `/${database}`);
  const client = new pg.Client({ connectionString: cluster.superuserUrl });
  await client.connect();
  try {
    const template = templateName(parts);
    await client.query('SELECT pg_advisory_lock(hashtext($1))', [template]);
    const known = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [template]);
    if (known.rowCount === 0) {
      // Migrated under another name first: a template that a killed process left half made is never copied.
      const draft = `${template}_draft`;
      await client.query(`DROP DATABASE IF EXISTS ${draft} WITH (FORCE)`);
      await ensureDatabase(client, draft);
      await runMigrations({ ownerUrl: at(cluster.ownerUrl, draft), parts });
      await client.query(`ALTER DATABASE ${draft} RENAME TO ${template}`);
    }
    await ensureDatabase(client, name, template);
  } finally {
    await client.end();
  }
  return {
    url: at(cluster.appUrl, name),
    ownerUrl: at(cluster.ownerUrl, name),
    superuserUrl: at(cluster.superuserUrl, name),
    drop: async () => {
      const admin = new pg.Client({ connectionString: cluster.superuserUrl });
      await admin.connect();
      await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      await admin.end();
    },
  };
};

// The text of a migration is part of the name, so that one being written is not tested from yesterday's template.
const templateName = (parts: readonly PersistencePart[]): string => {
  const hash = createHash('sha256');
  for (const part of parts) {
    for (const migration of part.migrations) hash.update(migration.toString());
    hash.update(part.prepare?.toString() ?? '');
  }
  return `khoso_template_${hash.digest('hex').slice(0, 16)}`;
};
