import { TransactionRunner } from '#platform/persistence';
import { Injectable } from '@nestjs/common';
import { MoreThan } from 'typeorm';
import { SubjectSightings } from '../subject-sightings.port.js';
import { SubjectSightingEntity } from './subject-sighting.entity.js';

@Injectable()
export class PostgresSubjectSightings extends SubjectSightings {
  constructor(private readonly transactions: TransactionRunner) {
    super();
  }

  override note(sighting: Parameters<SubjectSightings['note']>[0]): Promise<Date | undefined> {
    const { watcher, subjectKey, at, since, limit } = sighting;
    return this.transactions.run(async () => {
      const table = this.transactions.manager.getRepository(SubjectSightingEntity);
      const known = await table.update({ watcher, subjectKey, lastSeenAt: MoreThan(since) }, { lastSeenAt: at });
      if (known.affected) return undefined;

      // Only an owner new to the window counts, so only then do one watcher's questions have to queue.
      await this.transactions.manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
        `reuse.subject_sighting:${watcher}`,
      ]);
      const recent = await table.find({
        where: { watcher, lastSeenAt: MoreThan(since) },
        order: { lastSeenAt: 'ASC' },
        take: limit,
      });
      if (recent.length >= limit && !recent.some((row) => row.subjectKey === subjectKey)) return recent[0]?.lastSeenAt;
      await table.upsert({ watcher, subjectKey, lastSeenAt: at }, ['watcher', 'subjectKey']);
      await this.forgetSome(since);
      return undefined;
    });
  }

  /** Each new sighting takes a few away that count for nobody any more, so the table stays as small as the window. */
  private async forgetSome(before: Date): Promise<void> {
    await this.transactions.manager.query(
      `DELETE FROM reuse.subject_sighting WHERE (watcher, subject_key) IN
         (SELECT watcher, subject_key FROM reuse.subject_sighting WHERE last_seen_at < $1 LIMIT 10 FOR UPDATE SKIP LOCKED)`,
      [before],
    );
  }
}
