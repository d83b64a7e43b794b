import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createSchema, insertOnly } from '#platform/persistence';

/** Schema `signing`: keys by reference (never the key itself), signature images, requests and signed scans. */
export class CreateSigning1795392009000 implements MigrationInterface {
  name = 'CreateSigning1795392009000';

  async up(runner: QueryRunner): Promise<void> {
    await createSchema(runner, 'signing');
    await runner.query(`
      CREATE TABLE signing.signing_key (
        id uuid PRIMARY KEY,
        holder_kind text NOT NULL CHECK (holder_kind IN ('PERSON', 'AGENCY')),
        holder_id text NOT NULL,
        source text NOT NULL CHECK (source IN ('DEVELOPMENT', 'PKCS12')),
        subject text NOT NULL,
        issuer text NOT NULL,
        serial_number text NOT NULL,
        algorithm text NOT NULL,
        valid_from timestamptz NOT NULL,
        valid_to timestamptz NOT NULL,
        certificate_sha256 text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now()
      )`);
    await runner.query(`CREATE INDEX signing_key_holder ON signing.signing_key (holder_kind, holder_id)`);
    await runner.query(`
      CREATE TABLE signing.signature_image (
        holder_kind text NOT NULL CHECK (holder_kind IN ('PERSON', 'AGENCY')),
        holder_id text NOT NULL,
        sha256 text NOT NULL,
        updated_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (holder_kind, holder_id)
      )`);
    await runner.query(`
      CREATE TABLE signing.signing_request (
        id uuid PRIMARY KEY,
        title text NOT NULL,
        document_type_code text NOT NULL,
        symbol text NOT NULL,
        agency_code text NOT NULL,
        signer_id text NOT NULL,
        signer_name text NOT NULL,
        created_by text NOT NULL,
        owner_id uuid NOT NULL,
        dossier_id uuid,
        state text NOT NULL CHECK (state IN ('WAITING_SIGNER', 'WAITING_SEAL', 'SEALED', 'RETURNED', 'REJECTED')),
        draft_sha256 text NOT NULL,
        current_sha256 text NOT NULL,
        pages integer NOT NULL,
        signer_slot jsonb NOT NULL,
        number_slot jsonb NOT NULL,
        date_slots jsonb,
        number integer,
        numbered_year integer,
        issued_on date,
        signed_at timestamptz,
        signature_box jsonb,
        signer_key_id uuid REFERENCES signing.signing_key (id),
        sealed_at timestamptz,
        document_id uuid,
        returned_at timestamptz,
        rejection_reason text,
        failure jsonb,
        created_at timestamptz NOT NULL DEFAULT now(),
        UNIQUE (agency_code, numbered_year, number)
      )`);
    await runner.query(
      `CREATE INDEX signing_request_inbox ON signing.signing_request (agency_code, state, created_at DESC)`,
    );
    await runner.query(`
      CREATE TABLE signing.signed_scan (
        scan_id uuid PRIMARY KEY,
        sha256 text NOT NULL,
        signer_key_id uuid NOT NULL REFERENCES signing.signing_key (id),
        signed_at timestamptz NOT NULL
      )`);
    await insertOnly(runner, 'signing.signing_key');
    await insertOnly(runner, 'signing.signed_scan');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP SCHEMA signing CASCADE`);
  }
}
