import type { MigrationInterface, QueryRunner } from 'typeorm';
import { allowDelete, applicationRole, createSchema, insertOnly } from '#platform/persistence';

export class CreateAudit1795392002000 implements MigrationInterface {
  readonly name = 'CreateAudit1795392002000';

  async up(runner: QueryRunner): Promise<void> {
    await createSchema(runner, 'audit');
    await runner.query(`CREATE TABLE audit.entry (
      id uuid PRIMARY KEY,
      ordinal bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
      at timestamptz(3) NOT NULL,
      service text NOT NULL,
      event text NOT NULL,
      outcome text NOT NULL CHECK (outcome IN ('success', 'refused', 'failed')),
      actor jsonb NOT NULL,
      agency_code text,
      on_behalf_of text,
      request_id text,
      source_ip text,
      subject_key text,
      document_id text,
      version integer,
      sha256 text,
      procedure_code text,
      dossier_code text,
      purpose_code text,
      legal_basis text,
      detail jsonb
    )`);
    for (const column of ['subject_key', 'dossier_code', 'document_id']) {
      await runner.query(
        `CREATE INDEX entry_${column} ON audit.entry (${column}, ordinal) WHERE ${column} IS NOT NULL`,
      );
    }
    await runner.query('CREATE INDEX entry_at ON audit.entry (at)');
    await runner.query(`CREATE TABLE audit.link (
      sequence bigint PRIMARY KEY CHECK (sequence > 0),
      entry_id uuid NOT NULL UNIQUE,
      prev_hash text NOT NULL,
      hash text NOT NULL
    )`);
    await insertOnly(runner, 'audit.entry');
    await insertOnly(runner, 'audit.link');

    // What the sequencer has still to link. A small table, so that finding it does not mean searching the whole log;
    // filled by a trigger with the owner's rights, so that no entry can be written around it.
    await runner.query('CREATE TABLE audit.pending (entry_id uuid PRIMARY KEY, at timestamptz NOT NULL)');
    await runner.query(`REVOKE INSERT, UPDATE ON audit.pending FROM ${applicationRole}`);
    await allowDelete(runner, 'audit.pending');
    await runner.query(`CREATE FUNCTION audit.await_link() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = audit, pg_temp AS $$
      BEGIN
        INSERT INTO audit.pending (entry_id, at) VALUES (NEW.id, NEW.at);
        RETURN NULL;
      END $$`);
    await runner.query(
      'CREATE TRIGGER entry_await_link AFTER INSERT ON audit.entry FOR EACH ROW EXECUTE FUNCTION audit.await_link()',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA audit CASCADE');
  }
}
