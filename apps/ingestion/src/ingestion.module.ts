import { AvailabilityModule, availabilityPersistence } from '#domain/availability';
import { CatalogueModule, cataloguePersistence } from '#domain/catalogue';
import { DossiersModule, dossiersPersistence } from '#domain/dossiers';
import { EventsModule, eventsPersistence, scanSignatureFailedJob, scanSignedJob } from '#domain/events';
import { RecordsModule, recordsPersistence } from '#domain/records';
import type { ServiceDefinition } from '#platform/runtime';
import { Module } from '@nestjs/common';
import { AccessTrail } from './access/access-trail.js';
import { DossierAccess } from './access/dossier-access.js';
import { ConfirmScan } from './confirmation/confirm-scan.use-case.js';
import { ConfirmationController } from './confirmation/confirmation.controller.js';
import { FindDuplicates } from './confirmation/find-duplicates.js';
import { extractJob, readPageJob } from './digitisation/digitisation.jobs.js';
import { ExtractHandler } from './digitisation/extract.handler.js';
import { OcrEngineLifecycle, ocrEngineProvider } from './digitisation/ocr-engine.provider.js';
import { PageReader } from './digitisation/page-reader.js';
import { ReadPageHandler } from './digitisation/read-page.handler.js';
import { Reading } from './digitisation/reading.js';
import { RetryDigitisation } from './digitisation/retry-digitisation.use-case.js';
import { ScanSignatureFailedHandler } from './digitisation/scan-signature-failed.handler.js';
import { ScanSignedHandler } from './digitisation/scan-signed.handler.js';
import { CheckAvailability } from './dossiers/check-availability.use-case.js';
import { DossierViews } from './dossiers/dossier-views.js';
import { DossiersController } from './dossiers/dossiers.controller.js';
import { OpenDossier } from './dossiers/open-dossier.use-case.js';
import { ReuseDocument } from './dossiers/reuse-document.use-case.js';
import { ingestionPersistence } from './scans/infrastructure/ingestion.persistence.js';
import { StoredScans } from './scans/infrastructure/stored-scans.js';
import { Scans } from './scans/scans.port.js';
import { ScanUploadController } from './scans/upload/scan-upload.controller.js';
import { UploadScan } from './scans/upload/upload-scan.use-case.js';
import { PageImages } from './scans/view/page-images.js';
import { ScanViews } from './scans/view/scan-views.js';
import { ScansController } from './scans/view/scans.controller.js';

@Module({
  imports: [CatalogueModule, RecordsModule, DossiersModule, EventsModule, AvailabilityModule],
  controllers: [DossiersController, ScanUploadController, ScansController, ConfirmationController],
  providers: [
    AccessTrail,
    DossierAccess,
    OpenDossier,
    CheckAvailability,
    ReuseDocument,
    DossierViews,
    { provide: Scans, useClass: StoredScans },
    UploadScan,
    ScanViews,
    PageImages,
    ocrEngineProvider,
    OcrEngineLifecycle,
    PageReader,
    Reading,
    ScanSignedHandler,
    ScanSignatureFailedHandler,
    ReadPageHandler,
    ExtractHandler,
    RetryDigitisation,
    FindDuplicates,
    ConfirmScan,
  ],
})
export class IngestionModule {}

export const ingestionService: ServiceDefinition = {
  name: 'ingestion',
  title: 'Khoso: tiếp nhận và số hóa / ingestion',
  description: 'Dossiers, scans, reading and confirmation at the one-stop desk.',
  module: IngestionModule,
  persistence: [
    cataloguePersistence,
    recordsPersistence,
    dossiersPersistence,
    eventsPersistence,
    availabilityPersistence,
    ingestionPersistence,
  ],
  jobs: [scanSignedJob, scanSignatureFailedJob, readPageJob, extractJob],
};
