import { AvailabilityModule, availabilityPersistence } from '#domain/availability';
import { CatalogueModule, cataloguePersistence } from '#domain/catalogue';
import { DossiersModule, dossiersPersistence } from '#domain/dossiers';
import { endGrantsJob, eventsPersistence, tellDossiersJob } from '#domain/events';
import { RecordsModule, recordsPersistence } from '#domain/records';
import type { ServiceDefinition } from '#platform/runtime';
import { Module } from '@nestjs/common';
import { AuditController } from './audit/audit.controller.js';
import { ListEntries } from './audit/list-entries.use-case.js';
import { VerifyLog } from './audit/verify-log.use-case.js';
import { AvailabilityController } from './availability/availability.controller.js';
import { CheckAvailability } from './availability/check-availability.use-case.js';
import { DocumentRefs } from './availability/document-ref.js';
import { EnumerationGuard } from './availability/enumeration-guard.js';
import { PostgresSubjectSightings } from './availability/infrastructure/postgres-subject-sightings.js';
import { SubjectSightings } from './availability/subject-sightings.port.js';
import { AccessTrail } from './calling/access-trail.js';
import { CaseAdmission } from './calling/case-admission.js';
import { CatalogueController } from './catalogue/catalogue.controller.js';
import { CitizenController } from './citizen/citizen.controller.js';
import { DescribeAccesses } from './citizen/describe-accesses.js';
import { ListAccesses } from './citizen/list-accesses.use-case.js';
import { ListOwnDocuments } from './citizen/list-own-documents.use-case.js';
import { OwnDocuments } from './citizen/own-documents.js';
import { ReadOwnContent } from './citizen/read-own-content.use-case.js';
import { DocumentsController } from './documents/documents.controller.js';
import { GrantedDocuments } from './documents/granted-documents.js';
import { ReadGrantedContent } from './documents/read-granted-content.use-case.js';
import { ReadGrantedMetadata } from './documents/read-granted-metadata.use-case.js';
import { StoredContent } from './documents/stored-content.js';
import { EndGrant } from './grants/end-grant.use-case.js';
import { EndGrantsHandler } from './grants/end-grants.handler.js';
import { GrantAccess } from './grants/grant-access.js';
import { GrantsController } from './grants/grants.controller.js';
import { Grants } from './grants/grants.port.js';
import { PostgresGrants } from './grants/infrastructure/postgres-grants.js';
import { OpenGrant } from './grants/open-grant.use-case.js';
import { RecheckGrant } from './grants/recheck-grant.use-case.js';
import { ViewGrant } from './grants/view-grant.use-case.js';
import { reusePersistence } from './infrastructure/reuse.persistence.js';
import { ChangeDocument } from './lifecycle/change-document.use-case.js';
import { LifecycleController } from './lifecycle/lifecycle.controller.js';
import { ListChain } from './lifecycle/list-chain.use-case.js';
import { TellDossiersHandler } from './lifecycle/tell-dossiers.handler.js';

@Module({
  imports: [AvailabilityModule, CatalogueModule, DossiersModule, RecordsModule],
  controllers: [
    CatalogueController,
    AvailabilityController,
    GrantsController,
    DocumentsController,
    LifecycleController,
    CitizenController,
    AuditController,
  ],
  providers: [
    AccessTrail,
    CaseAdmission,
    CheckAvailability,
    DocumentRefs,
    EnumerationGuard,
    { provide: SubjectSightings, useClass: PostgresSubjectSightings },
    { provide: Grants, useClass: PostgresGrants },
    GrantAccess,
    OpenGrant,
    ViewGrant,
    EndGrant,
    RecheckGrant,
    EndGrantsHandler,
    GrantedDocuments,
    StoredContent,
    ReadGrantedMetadata,
    ReadGrantedContent,
    ChangeDocument,
    ListChain,
    TellDossiersHandler,
    OwnDocuments,
    ListOwnDocuments,
    ReadOwnContent,
    ListAccesses,
    DescribeAccesses,
    ListEntries,
    VerifyLog,
  ],
})
export class ReuseModule {}

export const reuseService: ServiceDefinition = {
  name: 'reuse',
  title: 'Khoso: sử dụng lại giấy tờ',
  description:
    'Hỏi giấy tờ đã có của người dân, doanh nghiệp cho một hồ sơ; xin quyền đọc; tải đúng bản đã ký kèm mã băm và biên nhận; thu hồi, thay thế; người dân xem ai đã truy cập.',
  module: ReuseModule,
  persistence: [
    cataloguePersistence,
    eventsPersistence,
    recordsPersistence,
    dossiersPersistence,
    availabilityPersistence,
    reusePersistence,
  ],
  jobs: [tellDossiersJob, endGrantsJob],
};
