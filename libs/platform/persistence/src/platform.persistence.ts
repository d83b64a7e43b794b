import { CreatePlatform1795392000000 } from './migrations/create-platform.migration.js';
import type { PersistencePart } from './persistence-part.js';

/** Schema `platform`: counters and the outbox. Part of every data source. */
export const platformPersistence: PersistencePart = { entities: [], migrations: [CreatePlatform1795392000000] };
