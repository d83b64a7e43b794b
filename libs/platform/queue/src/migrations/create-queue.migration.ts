import type { MigrationInterface, QueryRunner } from 'typeorm';
import { allowDelete, applicationRole, createSchema } from '#platform/persistence';

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
    await runner.query('CREATE INDEX progress_at ON queue.progress (at)');
    await runner.query(`CREATE INDEX job_done ON queue.job (finished_at) WHERE state = 'DONE'`);
    // With the owner's rights, so that the application can remove nothing else. A job that was done is kept for 30 days, long
    // after anybody could enqueue it again under its key, for whoever looks into what happened; one that failed until it is
    // run again. Progress is told live and then found in the scan itself: a week is for a client that was away.
    await runner.query(`CREATE FUNCTION queue.forget_spent(most integer) RETURNS void
      LANGUAGE sql SECURITY DEFINER SET search_path = queue, pg_temp AS $$
        DELETE FROM queue.job WHERE id IN (SELECT id FROM queue.job
          WHERE state = 'DONE' AND finished_at < now() - interval '30 days' LIMIT most FOR UPDATE SKIP LOCKED);
        DELETE FROM queue.progress WHERE (subject, sequence) IN (SELECT subject, sequence FROM queue.progress
          WHERE at < now() - interval '7 days' LIMIT most FOR UPDATE SKIP LOCKED);
      $$`);
    await runner.query('REVOKE EXECUTE ON FUNCTION queue.forget_spent FROM PUBLIC');
    await runner.query(`GRANT EXECUTE ON FUNCTION queue.forget_spent TO ${applicationRole}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA queue CASCADE');
  }
}
