import { createSchema } from '#platform/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateIngestion1795392600000 implements MigrationInterface {
  readonly name = 'CreateIngestion1795392600000';

  async up(runner: QueryRunner): Promise<void> {
    await createSchema(runner, 'ingestion');
    await runner.query(`CREATE TABLE ingestion.scan (
      id uuid PRIMARY KEY,
      dossier_id uuid NOT NULL,
      component_id text NOT NULL,
      document_id uuid NOT NULL UNIQUE,
      owner_id uuid NOT NULL,
      agency_code text NOT NULL,
      document_type_code text NOT NULL,
      submission_form text NOT NULL,
      officer_id uuid NOT NULL,
      officer_name text NOT NULL,
      state text NOT NULL CHECK (state IN ('QC_PASSED', 'SIGN_FAILED', 'SCAN_SIGNED', 'EXTRACTED', 'CONFIRMED', 'QUARANTINED')),
      original_sha256 char(64) NOT NULL,
      original_bytes bigint NOT NULL CHECK (original_bytes > 0),
      original_media_type text NOT NULL,
      pdf_sha256 char(64) NOT NULL,
      pdf_bytes bigint NOT NULL CHECK (pdf_bytes > 0),
      signed_sha256 char(64),
      signed_bytes bigint,
      pages integer NOT NULL CHECK (pages > 0),
      inspection jsonb NOT NULL,
      findings jsonb NOT NULL,
      duplicates jsonb NOT NULL DEFAULT '[]',
      failure_code text,
      reading integer NOT NULL DEFAULT 1,
      created_at timestamptz NOT NULL DEFAULT now(),
      CHECK ((signed_sha256 IS NULL) = (signed_bytes IS NULL)),
      UNIQUE (owner_id, original_sha256)
    )`);
    await runner.query('CREATE INDEX scan_dossier ON ingestion.scan (dossier_id)');
    await runner.query(`CREATE TABLE ingestion.scan_page (
      scan_id uuid NOT NULL REFERENCES ingestion.scan (id),
      number integer NOT NULL CHECK (number > 0),
      state text NOT NULL DEFAULT 'PENDING' CHECK (state IN ('PENDING', 'DONE', 'FAILED')),
      mean_confidence double precision CHECK (mean_confidence BETWEEN 0 AND 1),
      result bytea,
      failure_code text,
      finished_at timestamptz,
      PRIMARY KEY (scan_id, number)
    )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA ingestion CASCADE');
  }
}
