import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createSchema, insertOnly } from '#platform/persistence';

export class CreateRecords1795392200000 implements MigrationInterface {
  readonly name = 'CreateRecords1795392200000';

  async up(runner: QueryRunner): Promise<void> {
    await createSchema(runner, 'records');
    await this.createOwners(runner);
    await this.createDocuments(runner);
    for (const table of ['owner_history', 'document_version', 'document_history']) {
      await insertOnly(runner, `records.${table}`);
    }
  }

  private async createOwners(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE records.owner (
      id uuid PRIMARY KEY,
      group_id uuid NOT NULL REFERENCES records.owner,
      merged_into uuid REFERENCES records.owner,
      kind text NOT NULL,
      name text NOT NULL,
      subject_key text NOT NULL,
      identifier bytea,
      birth_date date,
      sex text CHECK (sex IN ('male', 'female')),
      created_at timestamptz NOT NULL DEFAULT now()
    )`);
    await runner.query('CREATE INDEX owner_group ON records.owner (group_id)');
    await runner.query(`CREATE TABLE records.owner_alias (
      blind_index text PRIMARY KEY,
      owner_id uuid NOT NULL REFERENCES records.owner,
      kind text NOT NULL,
      identifier bytea,
      created_at timestamptz NOT NULL DEFAULT now()
    )`);
    await runner.query('CREATE INDEX owner_alias_owner ON records.owner_alias (owner_id)');
    await runner.query(`CREATE TABLE records.owner_history (
      id uuid PRIMARY KEY,
      owner_id uuid NOT NULL REFERENCES records.owner,
      other_owner_id uuid NOT NULL REFERENCES records.owner,
      action text NOT NULL,
      reason text NOT NULL,
      actor_id text,
      at timestamptz NOT NULL DEFAULT now()
    )`);
    await runner.query('CREATE INDEX owner_history_owner ON records.owner_history (owner_id)');
  }

  private async createDocuments(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE records.document (
      id uuid PRIMARY KEY,
      type_code text NOT NULL,
      name text NOT NULL,
      kind text NOT NULL CHECK (kind IN ('result', 'component')),
      state text NOT NULL,
      submission_form text NOT NULL,
      custodian_agency_code text NOT NULL,
      dossier_id uuid,
      restricted boolean NOT NULL DEFAULT false,
      content bytea,
      number_index text,
      issued_on date,
      issuing_agency_name text,
      issuing_agency_code text,
      valid_from date,
      valid_to date,
      permanent boolean NOT NULL DEFAULT false,
      scope text,
      returned_at timestamptz,
      code_owner bytea,
      code_subject text,
      code_detail bytea,
      code_ordinal int,
      code_index text UNIQUE,
      replaces uuid REFERENCES records.document,
      replaced_by uuid REFERENCES records.document CHECK (replaced_by <> id),
      replacement_relation text,
      confirmed_by_id text,
      confirmed_by_name text,
      confirmed_at timestamptz,
      revocation jsonb,
      created_at timestamptz NOT NULL DEFAULT now(),
      CHECK ((code_index IS NULL) = (code_ordinal IS NULL)),
      CHECK (state NOT IN ('REVOKED', 'ANNULLED') OR revocation IS NOT NULL),
      CHECK (state <> 'SUPERSEDED' OR replaced_by IS NOT NULL)
    )`);
    await runner.query(
      'CREATE INDEX document_number ON records.document (number_index) WHERE number_index IS NOT NULL',
    );
    await runner.query(
      'CREATE INDEX document_replaced_by ON records.document (replaced_by) WHERE replaced_by IS NOT NULL',
    );
    // FR-30: a code is issued once and stays what it is, whoever asks.
    await runner.query(`CREATE FUNCTION records.keep_code() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'the code of a document is immutable' USING ERRCODE = 'insufficient_privilege';
      END $$`);
    await runner.query(`CREATE TRIGGER document_code_is_immutable BEFORE UPDATE ON records.document FOR EACH ROW
      WHEN (OLD.code_index IS NOT NULL AND
            (OLD.code_index, OLD.code_owner, OLD.code_subject, OLD.code_detail, OLD.code_ordinal) IS DISTINCT FROM
            (NEW.code_index, NEW.code_owner, NEW.code_subject, NEW.code_detail, NEW.code_ordinal))
      EXECUTE FUNCTION records.keep_code()`);

    await runner.query(`CREATE TABLE records.document_owner (
      document_id uuid NOT NULL REFERENCES records.document,
      owner_id uuid NOT NULL REFERENCES records.owner,
      role text NOT NULL,
      position int NOT NULL,
      PRIMARY KEY (document_id, owner_id, role)
    )`);
    // The look-up of everything: whose papers. Answered from the index alone.
    await runner.query(
      'CREATE INDEX document_owner_role ON records.document_owner (owner_id, role) INCLUDE (document_id)',
    );

    await runner.query(`CREATE TABLE records.document_version (
      id uuid PRIMARY KEY,
      document_id uuid NOT NULL REFERENCES records.document,
      number int NOT NULL CHECK (number > 0),
      sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
      bytes bigint NOT NULL,
      media_type text NOT NULL,
      pages int NOT NULL,
      original_sha256 text,
      signature jsonb NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now(),
      UNIQUE (document_id, number)
    )`);
    await runner.query(
      'CREATE INDEX document_version_original ON records.document_version (original_sha256) WHERE original_sha256 IS NOT NULL',
    );
    await runner.query('CREATE INDEX document_version_sha256 ON records.document_version (sha256)');

    await runner.query(`CREATE TABLE records.document_history (
      id uuid PRIMARY KEY,
      document_id uuid NOT NULL REFERENCES records.document,
      at timestamptz NOT NULL,
      kind text NOT NULL,
      actor_id text,
      from_state text,
      to_state text,
      reason text,
      fields bytea
    )`);
    await runner.query('CREATE INDEX document_history_document ON records.document_history (document_id, id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA records CASCADE');
  }
}
