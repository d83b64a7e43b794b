import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '#platform/persistence';
import { CatalogueEntries } from '../infrastructure/catalogue-entries.js';
import { catalogueInvalid } from './catalogue-invalid.js';
import { planSeeding } from './plan-seeding.js';
import { readCatalogueFiles } from './read-catalogue-files.js';

/** Brings the seed files into the database: adds versions, ends open ones, changes none (FR-07). */
@Injectable()
export class CatalogueSeeder {
  constructor(
    private readonly entries: CatalogueEntries,
    private readonly transactions: TransactionRunner,
  ) {}

  /**
   * Does nothing when the database knows everything in the files already; safe in several processes at once.
   *
   * @param folder with agencies.json, procedures.json, document-types.json and purposes.json
   * @throws DomainError `catalogue-invalid` naming every fault by file and JSON pointer; nothing is stored then
   */
  async seed(folder: string): Promise<{ readonly inserted: number; readonly closed: number }> {
    const entries = await readCatalogueFiles(folder);
    return this.transactions.run(async () => {
      await this.entries.lock();
      const plan = planSeeding(await this.entries.versions(), entries);
      if (plan.faults.length > 0) throw catalogueInvalid(plan.faults);
      const counts = { inserted: plan.inserts.length, closed: plan.closings.length };
      if (counts.inserted + counts.closed > 0) await this.entries.apply(plan);
      return counts;
    });
  }
}
