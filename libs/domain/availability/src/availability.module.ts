import { Module } from '@nestjs/common';
import { CatalogueModule } from '#domain/catalogue';
import { DossiersModule } from '#domain/dossiers';
import { RecordsModule } from '#domain/records';
import { AvailabilityService } from './availability.port.js';
import { RepositoryAvailability } from './repository-availability.js';

/** Provides AvailabilityService. */
@Module({
  imports: [CatalogueModule, DossiersModule, RecordsModule],
  providers: [{ provide: AvailabilityService, useClass: RepositoryAvailability }],
  exports: [AvailabilityService],
})
export class AvailabilityModule {}
