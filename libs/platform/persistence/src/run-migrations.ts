import pg from 'pg';
import { createDataSource, withPlatform } from './data-source.js';
import type { PersistencePart } from './persistence-part.js';

// Any constant that no other program of the database uses; serialises replicas that start at the same time.
const migrationLock = 7_204_115_001;

/**
 * Brings the database up to date with all parts, as the owner role. Safe to call from many processes at once.
 * @returns names of the migrations that were run
 */
export const runMigrations = async ({
  ownerUrl,
  parts,
}: {
  readonly ownerUrl: string;
  readonly parts: readonly PersistencePart[];
}): Promise<string[]> => {
  const lock = new pg.Client({ connectionString: ownerUrl, application_name: 'khoso-migrations' });
  await lock.connect();
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [migrationLock]);
    const dataSource = await createDataSource({ url: ownerUrl, parts, poolSize: 2 });
    try {
      const done = await dataSource.runMigrations();
      for (const part of withPlatform(parts)) await part.prepare?.(ownerUrl);
      return done.map((migration) => migration.name);
    } finally {
      await dataSource.destroy();
    }
  } finally {
    await lock.end();
  }
};
