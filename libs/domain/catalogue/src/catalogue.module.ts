import { join } from 'node:path';
import { Module, type OnModuleInit } from '@nestjs/common';
import { Settings } from '#platform/config';
import { Catalogue } from './catalogue.port.js';
import { CatalogueEntries } from './infrastructure/catalogue-entries.js';
import { TypeormCatalogue } from './infrastructure/typeorm-catalogue.js';
import { CatalogueSeeder } from './seeding/catalogue-seeder.js';

/** Provides `Catalogue`, seeded from `<configDir>/catalogue` before the application takes requests. */
@Module({
  providers: [CatalogueEntries, CatalogueSeeder, { provide: Catalogue, useClass: TypeormCatalogue }],
  exports: [Catalogue, CatalogueSeeder],
})
export class CatalogueModule implements OnModuleInit {
  constructor(
    private readonly seeder: CatalogueSeeder,
    private readonly settings: Settings,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.seeder.seed(join(this.settings.configDir, 'catalogue'));
  }
}
