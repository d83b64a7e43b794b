import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { TransactionRunner } from '#platform/persistence';
import type { EntryKind, EntryKinds } from '../seeding/catalogue-entry.js';
import { contentSha256, type SeedingPlan, type StoredVersion } from '../seeding/plan-seeding.js';
import { CatalogueEntryEntity } from './catalogue-entry.entity.js';

export type StoredEntry = { readonly [K in EntryKind]: { readonly kind: K; readonly value: EntryKinds[K] } }[EntryKind];

/** The tables of the catalogue. */
@Injectable()
export class CatalogueEntries {
  constructor(private readonly transactions: TransactionRunner) {}

  /** Counts the seedings that changed anything; 0 before the first. */
  async version(): Promise<number> {
    const rows: { version: number }[] = await this.transactions.manager.query(
      'SELECT coalesce(max(version), 0)::integer AS version FROM catalogue.seeding',
    );
    return rows[0]?.version ?? 0;
  }

  async all(): Promise<readonly StoredEntry[]> {
    const rows = await this.transactions.manager.find(CatalogueEntryEntity, {
      order: { code: 'ASC', validFrom: 'ASC' },
    });
    return rows.map(toStoredEntry);
  }

  async versions(): Promise<readonly StoredVersion[]> {
    const rows = await this.transactions.manager.find(CatalogueEntryEntity);
    return rows.map((row) => ({
      kind: row.kind as EntryKind,
      code: row.code,
      validFrom: row.validFrom,
      contentSha256: row.contentSha256,
      ...ending(row),
    }));
  }

  /** Keeps other processes that start at the same time from seeding until the transaction ends. */
  async lock(): Promise<void> {
    await this.transactions.manager.query(`SELECT pg_advisory_xact_lock(hashtext('catalogue.seeding'))`);
  }

  /** Closings first, so that no code has two open versions for a moment. */
  async apply({ inserts, closings }: SeedingPlan): Promise<void> {
    const { manager } = this.transactions;
    for (const { kind, code, validFrom, validTo, successor } of closings) {
      await manager.update(
        CatalogueEntryEntity,
        { kind, code, validFrom, validTo: IsNull() },
        { validTo, successor: successor ?? null },
      );
    }
    await manager.insert(
      CatalogueEntryEntity,
      inserts.map((entry) => {
        const { validTo, successor, ...content } = entry.value;
        return {
          kind: entry.kind,
          code: content.code,
          validFrom: content.validFrom,
          validTo: validTo ?? null,
          successor: successor ?? null,
          content,
          contentSha256: contentSha256(entry),
        };
      }),
    );
    await manager.query('INSERT INTO catalogue.seeding (inserted, closed) VALUES ($1, $2)', [
      inserts.length,
      closings.length,
    ]);
  }
}

const ending = ({ validTo, successor }: CatalogueEntryEntity): { validTo?: string; successor?: string } => ({
  ...(validTo !== null && { validTo }),
  ...(successor !== null && { successor }),
});

// The seed reader checked the content's shape before it was stored, and the table refuses to rewrite it.
const toStoredEntry = (row: CatalogueEntryEntity): StoredEntry =>
  ({ kind: row.kind, value: { ...row.content, ...ending(row) } }) as StoredEntry;
