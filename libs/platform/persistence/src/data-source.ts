import { DataSource } from 'typeorm';
import type { PersistencePart } from './persistence-part.js';
import { platformPersistence } from './platform.persistence.js';

export interface DataSourceOptions {
  readonly url: string;
  /** The platform's own part is always included. */
  readonly parts: readonly PersistencePart[];
  /** Connections at most; default 10. */
  readonly poolSize?: number;
  /** Shown in pg_stat_activity. */
  readonly applicationName?: string;
}

/** The parts with the platform's own first, each once. */
export const withPlatform = (parts: readonly PersistencePart[]): PersistencePart[] => [
  ...new Set([platformPersistence, ...parts]),
];

/** Connects to the database with the entities of the parts. Never changes the schema: that is `runMigrations`. */
export const createDataSource = async ({
  url,
  parts,
  poolSize = 10,
  applicationName = 'khoso',
}: DataSourceOptions): Promise<DataSource> => {
  const all = withPlatform(parts);
  const dataSource = new DataSource({
    type: 'postgres',
    url,
    entities: [...new Set(all.flatMap((part) => [...part.entities]))],
    migrations: [...new Set(all.flatMap((part) => [...part.migrations]))],
    migrationsTableName: 'migration',
    migrationsTransactionMode: 'each',
    synchronize: false,
    // gen_random_uuid() is built in since PostgreSQL 13; the application role may not install extensions.
    installExtensions: false,
    uuidExtension: 'pgcrypto',
    poolSize,
    applicationName,
  });
  return dataSource.initialize();
};
