import type { PersistencePart } from '#platform/persistence';

/** Events live in the platform's outbox and job ledger; this library has no tables of its own. */
export const eventsPersistence: PersistencePart = { entities: [], migrations: [] };
