import type { PersistencePart } from '#platform/persistence';

/** Availability is judged anew at every question; this library has no tables. */
export const availabilityPersistence: PersistencePart = { entities: [], migrations: [] };
