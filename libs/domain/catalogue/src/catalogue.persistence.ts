import type { PersistencePart } from '#platform/persistence';
import { CatalogueEntryEntity } from './infrastructure/catalogue-entry.entity.js';
import { CreateCatalogue1795392100000 } from './infrastructure/create-catalogue.migration.js';

/** Schema `catalogue`. */
export const cataloguePersistence: PersistencePart = {
  entities: [CatalogueEntryEntity],
  migrations: [CreateCatalogue1795392100000],
};
