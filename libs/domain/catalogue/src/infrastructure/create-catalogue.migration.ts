import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createSchema } from '#platform/persistence';

export class CreateCatalogue1795392100000 implements MigrationInterface {
  readonly name = 'CreateCatalogue1795392100000';

  async up(runner: QueryRunner): Promise<void> {
    await createSchema(runner, 'catalogue');
    await runner.query(`CREATE TABLE catalogue.entry (
      kind text NOT NULL CHECK (kind IN ('agency', 'procedure', 'documentType', 'purpose')),
      code text NOT NULL,
      valid_from date NOT NULL,
      valid_to date CHECK (valid_to >= valid_from),
      successor text,
      content jsonb NOT NULL,
      content_sha256 text NOT NULL CHECK (content_sha256 ~ '^[0-9a-f]{64}$'),
      PRIMARY KEY (kind, code, valid_from)
    )`);
    await runner.query('CREATE UNIQUE INDEX entry_one_open ON catalogue.entry (kind, code) WHERE valid_to IS NULL');
    await runner.query(`CREATE TABLE catalogue.seeding (
      version integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      inserted integer NOT NULL,
      closed integer NOT NULL,
      at timestamptz NOT NULL DEFAULT now()
    )`);
    // FR-07: what a version said is never changed, only when it ended becomes known.
    await runner.query(`CREATE FUNCTION catalogue.refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF OLD.valid_to IS NOT NULL OR (NEW.kind, NEW.code, NEW.valid_from, NEW.content, NEW.content_sha256)
          IS DISTINCT FROM (OLD.kind, OLD.code, OLD.valid_from, OLD.content, OLD.content_sha256)
        THEN
          RAISE EXCEPTION 'catalogue version % % % cannot be rewritten', OLD.kind, OLD.code, OLD.valid_from
            USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
      END $$`);
    await runner.query(`CREATE TRIGGER entry_keeps_its_past BEFORE UPDATE ON catalogue.entry
      FOR EACH ROW EXECUTE FUNCTION catalogue.refuse_rewriting()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA catalogue CASCADE');
  }
}
