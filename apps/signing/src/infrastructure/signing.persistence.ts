import type { PersistencePart } from '#platform/persistence';
import { SignatureImageEntity } from './signature-image.entity.js';
import { SignedScanEntity } from './signed-scan.entity.js';
import { SigningKeyEntity } from './signing-key.entity.js';
import { SigningRequestEntity } from './signing-request.entity.js';
import { CreateSigning1795392009000 } from './create-signing.migration.js';

export const signingPersistence: PersistencePart = {
  entities: [SigningKeyEntity, SignatureImageEntity, SigningRequestEntity, SignedScanEntity],
  migrations: [CreateSigning1795392009000],
};
