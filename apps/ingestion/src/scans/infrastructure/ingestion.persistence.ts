import type { PersistencePart } from '#platform/persistence';
import { CreateIngestion1795392600000 } from './migrations/create-ingestion.migration.js';
import { ScanPageEntity } from './scan-page.entity.js';
import { ScanEntity } from './scan.entity.js';

/** Schema `ingestion`: scans and their pages. Documents and dossiers are kept by their own libraries. */
export const ingestionPersistence: PersistencePart = {
  entities: [ScanEntity, ScanPageEntity],
  migrations: [CreateIngestion1795392600000],
};
