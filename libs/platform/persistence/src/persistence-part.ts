import type { EntitySchema, MigrationInterface } from 'typeorm';

/** What one area (a domain library, a platform library, an app) adds to the shared database: its entities and migrations. */
export interface PersistencePart {
  readonly entities: readonly (Function | EntitySchema)[];
  /** Classes with an explicit `name` ending in a 13-digit timestamp, as TypeORM orders them. Run as the owner role. */
  readonly migrations: readonly (new () => MigrationInterface)[];
}
