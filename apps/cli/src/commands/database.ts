import { createDataSource, startEmbeddedPostgres } from '#platform/persistence';
import type { PersistencePart } from '#platform/persistence';
import type { DataSource } from 'typeorm';
import { callerPath } from '../caller-path.js';

/** Which installation a command works on. */
export interface DatabaseOptions {
  /** Data folder of an embedded installation, running or not. */
  readonly data: string;
  /** PostgreSQL instead, as the application role; DATABASE_URL when absent. */
  readonly database?: string;
}

/** Connects as the application role for the time of `work`; starts an embedded server that is not running and stops it again. */
export async function withDatabase<T>(
  options: DatabaseOptions,
  parts: readonly PersistencePart[],
  work: (dataSource: DataSource) => Promise<T>,
): Promise<T> {
  const server = options.database ?? process.env.DATABASE_URL;
  const embedded = server ? undefined : await startEmbeddedPostgres({ dataDir: callerPath(options.data) });
  try {
    const dataSource = await createDataSource({
      url: server ?? embedded?.appUrl ?? '',
      parts,
      poolSize: 2,
      applicationName: 'khoso-cli',
    });
    try {
      return await work(dataSource);
    } finally {
      await dataSource.destroy();
    }
  } finally {
    await embedded?.stop();
  }
}
