import type { Settings } from '#platform/config';
import { type PersistencePart, runMigrations, startEmbeddedPostgres } from '#platform/persistence';

/** A database that is up to date. */
export interface ReadyDatabase {
  /** As the application role. */
  readonly url: string;
  /** Stops the server when it is ours. */
  stop(): Promise<void>;
}

/** Starts or adopts the embedded server, or takes the one of the settings, and migrates it when the owner role is known. */
export const prepareDatabase = async (
  settings: Settings,
  parts: readonly PersistencePart[],
): Promise<ReadyDatabase> => {
  if (settings.databaseUrl) {
    if (settings.databaseOwnerUrl) await runMigrations({ ownerUrl: settings.databaseOwnerUrl, parts });
    return { url: settings.databaseUrl, stop: async () => undefined };
  }
  const server = await startEmbeddedPostgres({ dataDir: settings.dataDir });
  try {
    await runMigrations({ ownerUrl: server.ownerUrl, parts });
  } catch (error) {
    await server.stop();
    throw error;
  }
  return { url: server.appUrl, stop: () => server.stop() };
};
