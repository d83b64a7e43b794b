import { DEFAULT_SCHEMA, runMigrations } from 'bullmq';
import pg from 'pg';
import { applicationRole, type PersistencePart } from '#platform/persistence';
import { CreateQueue1795392001000 } from './migrations/create-queue.migration.js';

/**
 * Schema `queue` (the ledger, progress) and schema `bullmq`, which BullMQ's own migrations make. Those run here as the
 * owner, so that the application role needs no DDL: it gets the rows of that schema, DELETE included, and nothing else.
 */
export const queuePersistence: PersistencePart = {
  entities: [],
  migrations: [CreateQueue1795392001000],
  prepare: async (ownerUrl) => {
    const client = new pg.Client({ connectionString: ownerUrl });
    await client.connect();
    try {
      await runMigrations(client, DEFAULT_SCHEMA);
      await client.query(`GRANT USAGE ON SCHEMA ${DEFAULT_SCHEMA} TO ${applicationRole}`);
      await client.query(
        `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${DEFAULT_SCHEMA} TO ${applicationRole}`,
      );
      await client.query(`GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA ${DEFAULT_SCHEMA} TO ${applicationRole}`);
    } finally {
      await client.end();
    }
  },
};
