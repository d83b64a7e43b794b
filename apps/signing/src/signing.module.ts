import { Module } from '@nestjs/common';
import { CatalogueModule, cataloguePersistence } from '#domain/catalogue';
import { DossiersModule, dossiersPersistence } from '#domain/dossiers';
import { EventsModule, eventsPersistence, signScanJob } from '#domain/events';
import { RecordsModule, recordsPersistence } from '#domain/records';
import type { ServiceDefinition } from '#platform/runtime';
import { AttachmentsController } from './attachments/attachments.controller.js';
import { SignAttachmentUseCase } from './attachments/sign-attachment.use-case.js';
import { DocumentSigner } from './document-signer.js';
import { AttachmentsRepository } from './infrastructure/attachments.repository.js';
import { signingPersistence } from './infrastructure/signing.persistence.js';
import { SigningRequestsRepository } from './infrastructure/signing-requests.repository.js';
import { DevelopmentKeys } from './keys/development-keys.js';
import { Holders } from './keys/holders.js';
import { KeyRing } from './keys/key-ring.js';
import { KeysController } from './keys/keys.controller.js';
import { PdfSender } from './pdf-sender.js';
import { CreateRequestUseCase } from './requests/create-request.use-case.js';
import { RejectRequestUseCase } from './requests/reject-request.use-case.js';
import { ReturnResultUseCase } from './requests/return-result.use-case.js';
import { SealAsAgencyUseCase } from './requests/seal-as-agency.use-case.js';
import { SignAsPersonUseCase } from './requests/sign-as-person.use-case.js';
import { SigningAttempt } from './requests/signing-attempt.js';
import { SigningRequestsController } from './requests/signing-requests.controller.js';
import { SignScanHandler } from './scans/sign-scan.handler.js';
import { SignatureImages } from './signature-images/signature-images.js';
import { SignatureImagesController } from './signature-images/signature-images.controller.js';
import { SignatureChecker } from './verifications/signature-checker.js';
import { TrustAnchors } from './verifications/trust-anchors.js';
import { VerificationsController } from './verifications/verifications.controller.js';

@Module({
  imports: [CatalogueModule, DossiersModule, EventsModule, RecordsModule],
  controllers: [
    SigningRequestsController,
    AttachmentsController,
    KeysController,
    SignatureImagesController,
    VerificationsController,
  ],
  providers: [
    AttachmentsRepository,
    CreateRequestUseCase,
    DevelopmentKeys,
    DocumentSigner,
    Holders,
    KeyRing,
    PdfSender,
    RejectRequestUseCase,
    ReturnResultUseCase,
    SealAsAgencyUseCase,
    SignAsPersonUseCase,
    SignAttachmentUseCase,
    SignScanHandler,
    SignatureChecker,
    SignatureImages,
    SigningAttempt,
    SigningRequestsRepository,
    TrustAnchors,
  ],
})
export class SigningModule {}

export const signingService: ServiceDefinition = {
  name: 'signing',
  title: 'Khoso signing',
  description: 'Numbers, signs and seals outgoing documents; signs scans; checks signatures.',
  module: SigningModule,
  persistence: [cataloguePersistence, eventsPersistence, recordsPersistence, dossiersPersistence, signingPersistence],
  jobs: [signScanJob],
};
