import { Injectable } from '@nestjs/common';
import { DomainError, newId } from '#kernel';
import { TransactionRunner } from '#platform/persistence';
import { setTimeout as sleep } from 'node:timers/promises';

export interface StoredResponse {
  readonly status: number;
  /** JSON text, as first sent; undefined for an answer without a body. */
  readonly body?: string;
  readonly location?: string;
}

/** The right to serve a request, until completed or released. */
export interface Claim {
  readonly keyHash: string;
  readonly id: string;
}

interface Row {
  fingerprint: string;
  status: number | null;
  body: string | null;
  location: string | null;
}

// A claim whose holder died is taken over after the lease; a living holder renews it three times as often.
const leaseSeconds = 60;
export const renewalMs = (leaseSeconds * 1000) / 3;
const waitMs = 5000;
const pollMs = 100;

/** Table `platform.idempotency_key`. All statements commit on their own: a claim must be seen by other replicas at once. */
@Injectable()
export class IdempotencyStore {
  constructor(private readonly transactions: TransactionRunner) {}

  /**
   * Claims the key for this request, or tells how it was answered before. Waits a few seconds for a request that is
   * being served.
   * @param keyHash hash of the header, so that whatever a caller puts into it is not kept
   * @throws DomainError `idempotency-conflict`, `idempotency-in-progress`
   */
  async claim(keyHash: string, fingerprint: string): Promise<Claim | StoredResponse> {
    const id = newId();
    for (const giveUpAt = Date.now() + waitMs; ; await sleep(pollMs)) {
      if (await this.tryClaim(keyHash, fingerprint, id)) return { keyHash, id };
      const row = await this.find(keyHash);
      // Released between the two statements: try again.
      if (!row) continue;
      if (row.fingerprint !== fingerprint) throw new DomainError('idempotency-conflict');
      if (row.status !== null) {
        return { status: row.status, body: row.body ?? undefined, location: row.location ?? undefined };
      }
      if (Date.now() > giveUpAt) throw new DomainError('idempotency-in-progress', { retryAfterSeconds: 5 });
    }
  }

  async renew({ keyHash, id }: Claim): Promise<void> {
    await this.transactions.manager.query(
      `UPDATE platform.idempotency_key SET lease_until = now() + make_interval(secs => $3) WHERE key_hash = $1 AND claim_id = $2`,
      [keyHash, id, leaseSeconds],
    );
  }

  async complete({ keyHash, id }: Claim, response: StoredResponse): Promise<void> {
    await this.transactions.manager.query(
      `UPDATE platform.idempotency_key SET status = $3, body = $4, location = $5 WHERE key_hash = $1 AND claim_id = $2`,
      [keyHash, id, response.status, response.body ?? null, response.location ?? null],
    );
  }

  /** The request failed and created nothing: the key may be used again, for a corrected body too. */
  async release({ keyHash, id }: Claim): Promise<void> {
    await this.transactions.manager.query(
      'DELETE FROM platform.idempotency_key WHERE key_hash = $1 AND claim_id = $2',
      [keyHash, id],
    );
  }

  private async tryClaim(keyHash: string, fingerprint: string, id: string): Promise<boolean> {
    const rows: unknown[] = await this.transactions.manager.query(
      `INSERT INTO platform.idempotency_key AS held (key_hash, claim_id, fingerprint, lease_until, expires_at)
       VALUES ($1, $2, $3, now() + make_interval(secs => $4), now() + interval '24 hours')
       ON CONFLICT (key_hash) DO UPDATE
         SET claim_id = excluded.claim_id, fingerprint = excluded.fingerprint, lease_until = excluded.lease_until,
             expires_at = excluded.expires_at, status = NULL, body = NULL, location = NULL
         WHERE held.expires_at < now()
            OR (held.status IS NULL AND held.lease_until < now() AND held.fingerprint = excluded.fingerprint)
       RETURNING key_hash`,
      [keyHash, id, fingerprint, leaseSeconds],
    );
    if (rows.length === 0) return false;
    // Each new key takes a few spent ones away, so the table stays as small as a day's traffic without a timer.
    await this.transactions.manager.query(
      `DELETE FROM platform.idempotency_key WHERE key_hash IN
         (SELECT key_hash FROM platform.idempotency_key WHERE expires_at < now() LIMIT 10 FOR UPDATE SKIP LOCKED)`,
    );
    return true;
  }

  private async find(keyHash: string): Promise<Row | undefined> {
    const [row]: Row[] = await this.transactions.manager.query(
      'SELECT fingerprint, status, body, location FROM platform.idempotency_key WHERE key_hash = $1',
      [keyHash],
    );
    return row;
  }
}
