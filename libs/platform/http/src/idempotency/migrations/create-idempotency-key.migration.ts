import { allowDelete, createSchema } from '#platform/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateIdempotencyKey1795392000200 implements MigrationInterface {
  readonly name = 'CreateIdempotencyKey1795392000200';

  async up(runner: QueryRunner): Promise<void> {
    await createSchema(runner, 'platform');
    await runner.query(`CREATE TABLE platform.idempotency_key (
      key_hash char(64) PRIMARY KEY,
      claim_id uuid NOT NULL,
      fingerprint char(64) NOT NULL,
      lease_until timestamptz NOT NULL,
      expires_at timestamptz NOT NULL,
      status smallint,
      body text,
      location text
    )`);
    await runner.query('CREATE INDEX idempotency_key_expires_at ON platform.idempotency_key (expires_at)');
    await allowDelete(runner, 'platform.idempotency_key');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE platform.idempotency_key');
  }
}
