import { allowDelete, createSchema } from '#platform/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateReuse1795392060000 implements MigrationInterface {
  readonly name = 'CreateReuse1795392060000';

  async up(runner: QueryRunner): Promise<void> {
    await createSchema(runner, 'reuse');
    // `grant` is a reserved word of SQL.
    await runner.query(`CREATE TABLE reuse.access_grant (
      id uuid PRIMARY KEY,
      holder_kind text NOT NULL CHECK (holder_kind IN ('account', 'client')),
      holder_id text NOT NULL,
      actor_id text NOT NULL,
      actor_name text,
      actor_agency_code text NOT NULL,
      dossier_id uuid NOT NULL,
      dossier_code text NOT NULL,
      agency_code text NOT NULL,
      procedure_code text NOT NULL,
      purpose_code text NOT NULL,
      legal_basis text NOT NULL CHECK (legal_basis IN ('STATE_DUTY', 'CONSENT', 'GUARDIAN', 'REPRESENTATIVE')),
      legal_article text,
      consent_ref text,
      bulk boolean NOT NULL,
      owner_id uuid NOT NULL,
      subject_key text NOT NULL,
      status text NOT NULL CHECK (status IN ('ACTIVE', 'RELEASED', 'REVOKED', 'DOSSIER_CLOSED')),
      max_reads int NOT NULL CHECK (max_reads > 0),
      reads int NOT NULL CHECK (reads BETWEEN 0 AND max_reads),
      created_at timestamptz NOT NULL,
      expires_at timestamptz NOT NULL,
      ended_at timestamptz,
      CHECK ((status = 'ACTIVE') = (ended_at IS NULL)),
      CHECK (legal_basis <> 'CONSENT' OR consent_ref IS NOT NULL)
    )`);
    await runner.query(`CREATE INDEX access_grant_dossier ON reuse.access_grant (dossier_id) WHERE status = 'ACTIVE'`);
    await runner.query(`CREATE TABLE reuse.grant_document (
      grant_id uuid NOT NULL REFERENCES reuse.access_grant (id),
      document_id uuid NOT NULL,
      position int NOT NULL,
      component_id text NOT NULL,
      version_id uuid NOT NULL,
      version_number int NOT NULL,
      sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
      bytes bigint NOT NULL,
      decision text NOT NULL,
      reasons jsonb NOT NULL,
      state text NOT NULL,
      PRIMARY KEY (grant_id, document_id, component_id)
    )`);
    await runner.query(`CREATE TABLE reuse.subject_sighting (
      watcher text NOT NULL,
      subject_key text NOT NULL,
      last_seen_at timestamptz NOT NULL,
      PRIMARY KEY (watcher, subject_key)
    )`);
    await runner.query('CREATE INDEX subject_sighting_recent ON reuse.subject_sighting (watcher, last_seen_at)');
    await runner.query('CREATE INDEX subject_sighting_age ON reuse.subject_sighting (last_seen_at)');
    // Who looked whom up is on record in the access log; this table only counts.
    await allowDelete(runner, 'reuse.subject_sighting');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA reuse CASCADE');
  }
}
