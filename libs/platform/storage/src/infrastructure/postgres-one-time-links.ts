import { randomBytes } from 'node:crypto';
import { DomainError, sha256Hex } from '#kernel';
import type { TransactionRunner } from '#platform/persistence';
import { OneTimeLinks } from '../one-time-links.port.js';

const maxSeconds = 300;

export class PostgresOneTimeLinks extends OneTimeLinks {
  constructor(private readonly transactions: TransactionRunner) {
    super();
  }

  override async issue(content: Readonly<Record<string, string>>, seconds: number): Promise<string> {
    const token = randomBytes(32).toString('base64url');
    const { manager } = this.transactions;
    await manager.query('DELETE FROM storage.one_time_link WHERE expires_at < now()');
    await manager.query(
      `INSERT INTO storage.one_time_link (token_hash, content, expires_at) VALUES ($1, $2, now() + $3 * interval '1 second')`,
      [sha256Hex(token), JSON.stringify(content), Math.min(seconds, maxSeconds)],
    );
    return token;
  }

  override async consume(token: string): Promise<Readonly<Record<string, string>>> {
    const rows: { content: Record<string, string>; expired: boolean }[] = await this.transactions.manager.query(
      `WITH spent AS (DELETE FROM storage.one_time_link WHERE token_hash = $1 RETURNING content, expires_at)
       SELECT content, expires_at <= now() AS expired FROM spent`,
      [sha256Hex(token)],
    );
    const link = rows[0];
    if (!link || link.expired) throw new DomainError('link-invalid');
    return link.content;
  }
}
