import type { MigrationInterface, QueryRunner } from 'typeorm';
import { allowDelete, createSchema } from '#platform/persistence';

export class CreateStorage1795392003000 implements MigrationInterface {
  readonly name = 'CreateStorage1795392003000';

  async up(runner: QueryRunner): Promise<void> {
    await createSchema(runner, 'storage');
    await runner.query(`CREATE TABLE storage.one_time_link (
      token_hash text PRIMARY KEY,
      content jsonb NOT NULL,
      expires_at timestamptz NOT NULL
    )`);
    await runner.query('CREATE INDEX one_time_link_expires_at ON storage.one_time_link (expires_at)');
    // A spent link is no record of anything; what it opened is in the audit log.
    await allowDelete(runner, 'storage.one_time_link');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA storage CASCADE');
  }
}
