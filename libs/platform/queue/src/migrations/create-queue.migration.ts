import type { MigrationInterface, QueryRunner } from 'typeorm';
import { allowDelete, createSchema } from '#platform/persistence';

export class CreateQueue1795392001000 implements MigrationInterface {
  readonly name = 'CreateQueue1795392001000';

  async up(runner: QueryRunner): Promise<void> {
    await createSchema(runner, 'queue');
    await runner.query(`CREATE TABLE queue.worker (
      id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      started_at timestamptz NOT NULL DEFAULT now(),
      heartbeat_at timestamptz NOT NULL DEFAULT now()
    )`);
    // A worker that has stopped, or died, is no record of anything.
    await allowDelete(runner, 'queue.worker');
    await runner.query(`CREATE TABLE queue.job (
      id uuid PRIMARY KEY,
      name text NOT NULL,
      queue text NOT NULL,
      key text NOT NULL,
      payload jsonb NOT NULL,
      state text NOT NULL DEFAULT 'PENDING' CHECK (state IN ('PENDING', 'RUNNING', 'DONE', 'FAILED')),
      attempts integer NOT NULL DEFAULT 0,
      abandonments integer NOT NULL DEFAULT 0,
      deliveries integer NOT NULL DEFAULT 1,
      worker integer,
      error text,
      created_at timestamptz NOT NULL DEFAULT now(),
      due_at timestamptz NOT NULL DEFAULT now(),
      offered_at timestamptz NOT NULL DEFAULT now(),
      started_at timestamptz,
      finished_at timestamptz,
      UNIQUE (name, key),
      CHECK ((state = 'RUNNING') = (worker IS NOT NULL))
    )`);
    await runner.query(`CREATE INDEX job_pending ON queue.job (queue, offered_at) WHERE state = 'PENDING'`);
    await runner.query(`CREATE INDEX job_running ON queue.job (worker) WHERE state = 'RUNNING'`);
    await runner.query(`CREATE TABLE queue.progress (
      subject text NOT NULL,
      sequence integer NOT NULL,
      at timestamptz NOT NULL DEFAULT clock_timestamp(),
      type text NOT NULL,
      data jsonb NOT NULL,
      PRIMARY KEY (subject, sequence)
    )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA queue CASCADE');
  }
}
