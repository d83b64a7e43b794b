import type { MigrationInterface, QueryRunner } from 'typeorm';
import { insertOnly } from '#platform/persistence';

/** Attachments in files of their own, signed by the agency; what was signed stays what it is. */
export class AddAttachments1795392009100 implements MigrationInterface {
  name = 'AddAttachments1795392009100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE signing.attachment (
        id uuid PRIMARY KEY,
        request_id uuid NOT NULL REFERENCES signing.signing_request (id),
        title text NOT NULL,
        document_number text NOT NULL,
        sha256 text NOT NULL,
        pages integer NOT NULL,
        signer_key_id uuid NOT NULL REFERENCES signing.signing_key (id),
        signed_by text NOT NULL,
        signed_at timestamptz NOT NULL
      )`);
    await runner.query(`CREATE INDEX attachment_request ON signing.attachment (request_id, id)`);
    await insertOnly(runner, 'signing.attachment');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE signing.attachment`);
  }
}
