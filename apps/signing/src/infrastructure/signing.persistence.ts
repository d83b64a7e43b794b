import type { PersistencePart } from '#platform/persistence';
import { AddAttachments1795392009100 } from './add-attachments.migration.js';
import { AttachmentEntity } from './attachment.entity.js';
import { SignatureImageEntity } from './signature-image.entity.js';
import { SignedScanEntity } from './signed-scan.entity.js';
import { SigningKeyEntity } from './signing-key.entity.js';
import { SigningRequestEntity } from './signing-request.entity.js';
import { CreateSigning1795392009000 } from './create-signing.migration.js';

export const signingPersistence: PersistencePart = {
  entities: [SigningKeyEntity, SignatureImageEntity, SigningRequestEntity, SignedScanEntity, AttachmentEntity],
  migrations: [CreateSigning1795392009000, AddAttachments1795392009100],
};
