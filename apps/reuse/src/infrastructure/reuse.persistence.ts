import type { PersistencePart } from '#platform/persistence';
import { SubjectSightingEntity } from '../availability/infrastructure/subject-sighting.entity.js';
import { GrantDocumentEntity } from '../grants/infrastructure/grant-document.entity.js';
import { GrantEntity } from '../grants/infrastructure/grant.entity.js';
import { CreateReuse1795392060000 } from './migrations/create-reuse.migration.js';

/** Schema `reuse`: grants and the enumeration guard's sightings. */
export const reusePersistence: PersistencePart = {
  entities: [GrantEntity, GrantDocumentEntity, SubjectSightingEntity],
  migrations: [CreateReuse1795392060000],
};
