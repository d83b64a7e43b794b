import { allowDelete, createSchema } from '#platform/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateAuth1795392000300 implements MigrationInterface {
  readonly name = 'CreateAuth1795392000300';

  async up(runner: QueryRunner): Promise<void> {
    await createSchema(runner, 'auth');
    await runner.query(`CREATE TABLE auth.account (
      id uuid PRIMARY KEY,
      username text NOT NULL UNIQUE CHECK (username = lower(username)),
      name text NOT NULL,
      roles text[] NOT NULL,
      agency_code text,
      subject_key char(64),
      password_hash text NOT NULL,
      must_change_password boolean NOT NULL,
      failures integer NOT NULL DEFAULT 0,
      locked_until timestamptz,
      token_epoch integer NOT NULL DEFAULT 0,
      disabled_at timestamptz,
      created_at timestamptz NOT NULL DEFAULT now()
    )`);
    await runner.query(`CREATE TABLE auth.client (
      id text PRIMARY KEY,
      name text NOT NULL,
      agency_code text NOT NULL,
      scopes text[] NOT NULL,
      secret_hash char(64) NOT NULL,
      keys jsonb NOT NULL DEFAULT '[]',
      disabled_at timestamptz,
      created_at timestamptz NOT NULL DEFAULT now()
    )`);
    // RFC 7523 s. 3, rule 7: an assertion is good once.
    await runner.query(`CREATE TABLE auth.client_assertion (
      client_id text NOT NULL REFERENCES auth.client (id),
      jti_hash char(64) NOT NULL,
      expires_at timestamptz NOT NULL,
      PRIMARY KEY (client_id, jti_hash)
    )`);
    await runner.query('CREATE INDEX client_assertion_expires_at ON auth.client_assertion (expires_at)');
    await allowDelete(runner, 'auth.client_assertion');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA auth CASCADE');
  }
}
