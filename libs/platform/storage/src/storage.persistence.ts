import type { PersistencePart } from '#platform/persistence';
import { CreateStorage1795392003000 } from './migrations/create-storage.migration.js';

/** Schema `storage`: one-time links. The objects themselves are not in the database. */
export const storagePersistence: PersistencePart = { entities: [], migrations: [CreateStorage1795392003000] };
