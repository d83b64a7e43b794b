import type { PersistencePart } from '#platform/persistence';
import { DocumentHistoryEntity } from './infrastructure/entities/document-history.entity.js';
import { DocumentOwnerEntity } from './infrastructure/entities/document-owner.entity.js';
import { DocumentVersionEntity } from './infrastructure/entities/document-version.entity.js';
import { DocumentEntity } from './infrastructure/entities/document.entity.js';
import { OwnerAliasEntity } from './infrastructure/entities/owner-alias.entity.js';
import { OwnerHistoryEntity } from './infrastructure/entities/owner-history.entity.js';
import { OwnerEntity } from './infrastructure/entities/owner.entity.js';
import { CreateRecords1795392200000 } from './infrastructure/migrations/create-records.migration.js';

/** Schema `records`. */
export const recordsPersistence: PersistencePart = {
  entities: [
    OwnerEntity,
    OwnerAliasEntity,
    OwnerHistoryEntity,
    DocumentEntity,
    DocumentOwnerEntity,
    DocumentVersionEntity,
    DocumentHistoryEntity,
  ],
  migrations: [CreateRecords1795392200000],
};
