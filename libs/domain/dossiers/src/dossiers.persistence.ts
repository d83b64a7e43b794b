import type { PersistencePart } from '#platform/persistence';
import { CreateDossiers1795392300000 } from './infrastructure/create-dossiers.migration.js';
import { DossierComponentEntity } from './infrastructure/dossier-component.entity.js';
import { DossierNoticeEntity } from './infrastructure/dossier-notice.entity.js';
import { DossierEntity } from './infrastructure/dossier.entity.js';

/** Schema `dossiers`. */
export const dossiersPersistence: PersistencePart = {
  entities: [DossierEntity, DossierComponentEntity, DossierNoticeEntity],
  migrations: [CreateDossiers1795392300000],
};
