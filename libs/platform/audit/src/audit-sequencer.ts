import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { setTimeout as sleep } from 'node:timers/promises';
import { TransactionRunner } from '#platform/persistence';
import { type AuditRow, chainStart, linkHash } from './infrastructure/audit-row.js';

const roundMs = 500;
const batch = 1000;
const sequencerLock = 7_204_115_002;

// The oldest pending first, by ids that are in order of time; then one index look-up each. A plain join sorted by the
// entry's ordinal lets PostgreSQL read the whole log, in order or for a hash, to find a handful: what is pending changes
// too fast for its statistics. OFFSET 0 keeps it from turning the look-ups back into that join.
const nextEntries = `SELECT entry.*
  FROM (SELECT entry_id FROM audit.pending ORDER BY entry_id LIMIT $1) next,
    LATERAL (SELECT * FROM audit.entry WHERE id = next.entry_id OFFSET 0) entry
  ORDER BY entry.ordinal`;

const lag = new Gauge({
  name: 'khoso_audit_lag_seconds',
  help: 'Age of the oldest audit entry that is not in the chain yet',
});

/**
 * Puts written entries into the chain, in order, a batch at a time. Every process runs one; an advisory lock lets one at a
 * time work, so requests never wait for the chain and any process may die.
 */
@Injectable()
export class AuditSequencer implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(AuditSequencer.name);
  private readonly stopping = new AbortController();
  private loop?: Promise<void>;

  constructor(private readonly transactions: TransactionRunner) {}

  onApplicationBootstrap(): void {
    this.loop = this.run();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.loop;
  }

  /** Links what is pending. @returns how many entries; 0 also when another process is at it */
  async linkPending(): Promise<number> {
    let linked = 0;
    for (let count = batch; count === batch; linked += count)
      count = await this.transactions.run(() => this.linkBatch());
    return linked;
  }

  private async run(): Promise<void> {
    do {
      // Once more after the signal: what the last requests wrote is linked before the process goes.
      await sleep(roundMs, undefined, { signal: this.stopping.signal }).catch(() => undefined);
      try {
        await this.linkPending();
        await this.measureLag();
      } catch (error) {
        this.logger.warn(`The audit chain could not be continued, tried again in ${roundMs} ms: ${String(error)}`);
      }
    } while (!this.stopping.signal.aborted);
  }

  private async linkBatch(): Promise<number> {
    const { manager } = this.transactions;
    const [lock]: { held: boolean }[] = await manager.query('SELECT pg_try_advisory_xact_lock($1) AS held', [
      sequencerLock,
    ]);
    if (!lock?.held) return 0;
    const [last]: { sequence: string; hash: string }[] = await manager.query(
      'SELECT sequence, hash FROM audit.link ORDER BY sequence DESC LIMIT 1',
    );
    const rows: AuditRow[] = await manager.query(nextEntries, [batch]);
    if (rows.length === 0) return 0;
    let sequence = Number(last?.sequence ?? 0);
    let hash = last?.hash ?? chainStart;
    const links = rows.map((row) => {
      const prevHash = hash;
      sequence += 1;
      hash = linkHash(prevHash, sequence, row);
      return { sequence, id: row.id, prevHash, hash };
    });
    const ids = links.map((link) => link.id);
    await manager.query(
      `INSERT INTO audit.link (sequence, entry_id, prev_hash, hash)
       SELECT * FROM unnest($1::bigint[], $2::uuid[], $3::text[], $4::text[])`,
      [links.map((link) => link.sequence), ids, links.map((link) => link.prevHash), links.map((link) => link.hash)],
    );
    await manager.query('DELETE FROM audit.pending WHERE entry_id = ANY($1)', [ids]);
    return rows.length;
  }

  private async measureLag(): Promise<void> {
    const [oldest]: { seconds: number }[] = await this.transactions.manager.query(
      'SELECT greatest(0, coalesce(extract(epoch FROM now() - min(at)), 0))::float AS seconds FROM audit.pending',
    );
    lag.set(oldest?.seconds ?? 0);
  }
}
