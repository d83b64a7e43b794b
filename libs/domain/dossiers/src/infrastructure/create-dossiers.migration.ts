import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createSchema } from '#platform/persistence';

export class CreateDossiers1795392300000 implements MigrationInterface {
  readonly name = 'CreateDossiers1795392300000';

  async up(runner: QueryRunner): Promise<void> {
    await createSchema(runner, 'dossiers');
    await runner.query(`CREATE TABLE dossiers.dossier (
      id uuid PRIMARY KEY,
      code text NOT NULL UNIQUE,
      procedure_code text NOT NULL,
      received_on date NOT NULL,
      owner_id uuid NOT NULL,
      agency_code text NOT NULL,
      officer_id text NOT NULL,
      status text NOT NULL CHECK (status IN ('OPEN', 'DECIDED', 'RETURNED', 'REJECTED', 'WITHDRAWN')),
      created_at timestamptz NOT NULL,
      closed_at timestamptz
    )`);
    await runner.query('CREATE INDEX dossier_agency ON dossiers.dossier (agency_code, id)');
    await runner.query('CREATE INDEX dossier_agency_status ON dossiers.dossier (agency_code, status, id)');
    // FR-70: what satisfies a component is named by version and hash.
    await runner.query(`CREATE TABLE dossiers.component (
      dossier_id uuid NOT NULL REFERENCES dossiers.dossier,
      component_id text NOT NULL,
      position int NOT NULL,
      state int NOT NULL CHECK (state BETWEEN 0 AND 3),
      document_id uuid,
      version_id uuid,
      sha256 text,
      from_national_store boolean NOT NULL DEFAULT false,
      replaced_by_result_code text,
      exception_reason text,
      exception_text text,
      PRIMARY KEY (dossier_id, component_id),
      CHECK (state = 0 OR (document_id IS NOT NULL AND version_id IS NOT NULL AND sha256 IS NOT NULL))
    )`);
    await runner.query(
      'CREATE INDEX component_document ON dossiers.component (document_id) WHERE document_id IS NOT NULL',
    );
    await runner.query(`CREATE TABLE dossiers.notice (
      id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
      dossier_id uuid NOT NULL,
      component_id text NOT NULL,
      kind text NOT NULL,
      document_id uuid NOT NULL,
      successor_document_id uuid,
      occurrence text NOT NULL,
      at timestamptz NOT NULL,
      acknowledged_at timestamptz,
      FOREIGN KEY (dossier_id, component_id) REFERENCES dossiers.component,
      UNIQUE (dossier_id, component_id, document_id, kind, occurrence)
    )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA dossiers CASCADE');
  }
}
