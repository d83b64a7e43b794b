import { Injectable } from '@nestjs/common';
import { Clock, DomainError, sha256Hex } from '#kernel';
import { TransactionRunner } from '#platform/persistence';
import type { JWK } from 'jose';
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { type Client, Clients, type NewClient } from '../clients/clients.port.js';
import { ClientEntity } from './client.entity.js';

const toClient = (row: ClientEntity): Client => ({
  id: row.id,
  name: row.name,
  agencyCode: row.agencyCode,
  scopes: row.scopes,
  disabled: row.disabledAt !== null,
});

/** Client systems in PostgreSQL, with the part of them that only the token endpoint may see. */
@Injectable()
export class StoredClients extends Clients {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly clock: Clock,
  ) {
    super();
  }

  override async create(input: NewClient): Promise<{ client: Client; secret: string }> {
    const secret = randomBytes(32).toString('base64url');
    const row: ClientEntity = {
      id: input.id,
      name: input.name,
      agencyCode: input.agencyCode,
      scopes: [...input.scopes],
      // 256 random bits cannot be guessed, so a slow hash would protect nothing and slow every token request down.
      secretHash: sha256Hex(secret),
      keys: [...(input.keys ?? [])],
      disabledAt: null,
      createdAt: this.clock.now(),
    };
    const inserted = await this.rows.createQueryBuilder().insert().values(row).orIgnore().returning('id').execute();
    if ((inserted.raw as unknown[]).length === 0) throw new DomainError('client-id-taken', { id: row.id });
    return { client: toClient(row), secret };
  }

  override async findById(id: string): Promise<Client | undefined> {
    const row = await this.rows.findOneBy({ id });
    return row ? toClient(row) : undefined;
  }

  /** The client when the secret is its own. */
  async findBySecret(id: string, secret: string): Promise<Client | undefined> {
    const row = await this.rows.findOneBy({ id });
    if (!row) return undefined;
    return timingSafeEqual(Buffer.from(row.secretHash, 'hex'), Buffer.from(sha256Hex(secret), 'hex'))
      ? toClient(row)
      : undefined;
  }

  async findKeys(id: string): Promise<readonly JWK[]> {
    return (await this.rows.findOneBy({ id }))?.keys ?? [];
  }

  /** @returns false when this assertion was used before */
  async spendAssertion(clientId: string, jti: string, expiresAt: Date): Promise<boolean> {
    const { manager } = this.transactions;
    await manager.query('DELETE FROM auth.client_assertion WHERE expires_at < $1', [this.clock.now()]);
    const spent: unknown[] = await manager.query(
      'INSERT INTO auth.client_assertion (client_id, jti_hash, expires_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING jti_hash',
      [clientId, sha256Hex(jti), expiresAt],
    );
    return spent.length > 0;
  }

  private get rows() {
    return this.transactions.manager.getRepository(ClientEntity);
  }
}
