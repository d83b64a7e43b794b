import type { PersistencePart } from '#platform/persistence';
import { CreateIdempotencyKey1795392000200 } from './idempotency/migrations/create-idempotency-key.migration.js';

export const httpPersistence: PersistencePart = { entities: [], migrations: [CreateIdempotencyKey1795392000200] };
