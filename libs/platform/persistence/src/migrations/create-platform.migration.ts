import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createSchema } from '../schema-rights.js';

export class CreatePlatform1795392000000 implements MigrationInterface {
  readonly name = 'CreatePlatform1795392000000';

  async up(runner: QueryRunner): Promise<void> {
    await createSchema(runner, 'platform');
    await runner.query(`CREATE TABLE platform.counter (
      scope text NOT NULL,
      key text NOT NULL,
      value bigint NOT NULL CHECK (value > 0),
      PRIMARY KEY (scope, key)
    )`);
    await runner.query(`CREATE TABLE platform.outbox (
      id uuid PRIMARY KEY,
      type text NOT NULL,
      source text NOT NULL,
      subject text,
      data jsonb NOT NULL,
      at timestamptz NOT NULL DEFAULT now()
    )`);
    await runner.query('CREATE INDEX outbox_type_at ON platform.outbox (type, at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA platform CASCADE');
  }
}
