import { Module } from '@nestjs/common';
import { CatalogueModule } from '#domain/catalogue';
import { EventsModule } from '#domain/events';
import { Dossiers } from './dossiers.port.js';
import { TypeormDossiers } from './infrastructure/typeorm-dossiers.js';

/** Provides Dossiers. */
@Module({
  imports: [CatalogueModule, EventsModule],
  providers: [{ provide: Dossiers, useClass: TypeormDossiers }],
  exports: [Dossiers],
})
export class DossiersModule {}
