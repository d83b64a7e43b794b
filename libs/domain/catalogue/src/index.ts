export * from './catalogue.module.js';
export * from './catalogue.persistence.js';
export * from './catalogue.port.js';
export { CatalogueEntries } from './infrastructure/catalogue-entries.js';
export { TypeormCatalogue } from './infrastructure/typeorm-catalogue.js';
export * from './minimum-fields.js';
export { CatalogueSeeder } from './seeding/catalogue-seeder.js';
