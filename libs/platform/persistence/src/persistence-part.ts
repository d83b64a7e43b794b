import type { EntitySchema, MigrationInterface } from 'typeorm';

/** What one area (a domain library, a platform library, an app) adds to the shared database: its entities and migrations. */
export interface PersistencePart {
  readonly entities: readonly (Function | EntitySchema)[];
  /** Classes with an explicit `name` ending in a 13-digit timestamp, as TypeORM orders them. Run as the owner role. */
  readonly migrations: readonly (new () => MigrationInterface)[];
  /** For a library that keeps a schema of its own by its own migrations (BullMQ). Idempotent; called after `migrations`, as the owner role. */
  readonly prepare?: (ownerUrl: string) => Promise<void>;
}
