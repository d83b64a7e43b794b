import type { PersistencePart } from '#platform/persistence';
import { CreateAudit1795392002000 } from './migrations/create-audit.migration.js';

/** Schema `audit`: entries and their chain, both insert-only. */
export const auditPersistence: PersistencePart = { entities: [], migrations: [CreateAudit1795392002000] };
