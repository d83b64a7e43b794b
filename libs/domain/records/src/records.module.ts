import { Module } from '@nestjs/common';
import { CatalogueModule } from '#domain/catalogue';
import { EventsModule } from '#domain/events';
import { ConfirmDocument } from './confirm-document.js';
import { DocumentStore } from './infrastructure/document-store.js';
import { DocumentMapper } from './infrastructure/document.mapper.js';
import { OwnerMapper } from './infrastructure/owner.mapper.js';
import { SealedJson } from './infrastructure/sealed-json.js';
import { TypeormOwners } from './infrastructure/typeorm-owners.js';
import { Owners, Records } from './records.port.js';
import { RecordsService } from './records.service.js';

/** Provides Owners and Records. */
@Module({
  imports: [CatalogueModule, EventsModule],
  providers: [
    SealedJson,
    OwnerMapper,
    DocumentMapper,
    DocumentStore,
    ConfirmDocument,
    { provide: Owners, useClass: TypeormOwners },
    { provide: Records, useClass: RecordsService },
  ],
  exports: [Owners, Records],
})
export class RecordsModule {}
