import { newId } from '#kernel';
import type { TransactionRunner } from '#platform/persistence';
import type { JobDefinition } from '../job-definition.js';
import type { Delivery } from './job-transport.port.js';

/** A job that this worker has taken. `deliveries` is the fence: the result of a run that was given up is not accepted. */
export interface ClaimedJob {
  readonly id: string;
  readonly name: string;
  readonly key: string;
  readonly payload: object;
  readonly attempt: number;
  readonly deliveries: number;
  /** How many workers died with it so far. */
  readonly abandonments: number;
}

const deliveryColumns =
  'id AS "jobId", name, queue, deliveries, greatest(0, extract(epoch FROM due_at - now()) * 1000)::int AS "delayMs"';

/** The truth about jobs. Every method is one statement and joins the running transaction if there is one. */
export class JobLedger {
  constructor(private readonly transactions: TransactionRunner) {}

  /** @returns the delivery to make after commit; undefined when the job exists already */
  async add<P extends object>(definition: JobDefinition<P>, key: string, payload: P): Promise<Delivery | undefined> {
    const rows = await this.query<Delivery>(
      `INSERT INTO queue.job (id, name, queue, key, payload) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (name, key) DO NOTHING RETURNING ${deliveryColumns}`,
      [newId(), definition.name, definition.queue, key, JSON.stringify(payload)],
    );
    return rows[0];
  }

  async isKnown(name: string, key: string): Promise<boolean> {
    return (await this.query('SELECT 1 FROM queue.job WHERE name = $1 AND key = $2', [name, key])).length > 0;
  }

  /** Failed -> pending, tries reset. @returns undefined when it has not failed */
  async reopen(name: string, key: string): Promise<Delivery | undefined> {
    return this.change(
      `state = 'PENDING', attempts = 0, abandonments = 0, deliveries = deliveries + 1, error = NULL, finished_at = NULL,
       due_at = now(), offered_at = now()`,
      `state = 'FAILED' AND name = $1 AND key = $2`,
      [name, key],
    );
  }

  /** Pending and due -> running here. @returns undefined when another delivery came first: a double is harmless */
  async claim(jobId: string, worker: number): Promise<ClaimedJob | undefined> {
    const rows = await this.query<ClaimedJob>(
      `WITH claimed AS (
         UPDATE queue.job SET state = 'RUNNING', attempts = attempts + 1, worker = $2, started_at = now()
         WHERE id = $1 AND state = 'PENDING' AND due_at <= now() + interval '1 second' RETURNING *)
       SELECT id, name, key, payload, attempts AS attempt, deliveries, abandonments FROM claimed`,
      [jobId, worker],
    );
    return rows[0];
  }

  async complete(job: ClaimedJob, worker: number): Promise<boolean> {
    return this.settle(job, worker, `state = 'DONE', worker = NULL, error = NULL, finished_at = now()`);
  }

  async fail(job: ClaimedJob, worker: number, error: string): Promise<boolean> {
    return this.settle(job, worker, `state = 'FAILED', worker = NULL, error = $4, finished_at = now()`, [error]);
  }

  /** Running here -> pending again after a delay. @returns undefined when the job is no longer ours */
  async postpone(job: ClaimedJob, worker: number, delayMs: number, error: string): Promise<Delivery | undefined> {
    return this.change(
      `state = 'PENDING', worker = NULL, error = $4, deliveries = deliveries + 1, offered_at = now(),
       due_at = now() + $5 * interval '1 millisecond'`,
      `state = 'RUNNING' AND id = $1 AND worker = $2 AND deliveries = $3`,
      [job.id, worker, job.deliveries, error, delayMs],
    );
  }

  /** Running here -> pending, as if it had not been tried: this worker is shutting down. */
  async release(job: ClaimedJob, worker: number): Promise<Delivery | undefined> {
    return this.change(
      `state = 'PENDING', worker = NULL, attempts = attempts - 1, deliveries = deliveries + 1, offered_at = now()`,
      `state = 'RUNNING' AND id = $1 AND worker = $2 AND deliveries = $3`,
      [job.id, worker, job.deliveries],
    );
  }

  /**
   * Running jobs whose worker is gone -> pending. A worker is gone when the lock of its connection is free (a killed
   * process loses it at once, one that is merely busy keeps it) and it has been silent for 3 s, the time to reconnect
   * after a restart of the database; or when it has been silent for a minute (a machine that vanished).
   */
  async takeFromTheDead(queues: readonly string[], lockClass: number): Promise<Delivery[]> {
    return this.query<Delivery>(
      `WITH alive AS (
         SELECT worker.id FROM queue.worker WHERE heartbeat_at > now() - interval '3 seconds'
         UNION
         SELECT worker.id FROM queue.worker JOIN pg_locks ON locktype = 'advisory' AND classid = $2::int::oid AND objid = worker.id::oid
           AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
         WHERE heartbeat_at > now() - interval '1 minute'),
       taken AS (
         UPDATE queue.job SET state = 'PENDING', worker = NULL, attempts = attempts - 1, abandonments = abandonments + 1,
           deliveries = deliveries + 1, due_at = now(), offered_at = now()
         WHERE state = 'RUNNING' AND queue = ANY($1) AND worker NOT IN (SELECT id FROM alive) RETURNING *)
       SELECT ${deliveryColumns} FROM taken`,
      [queues, lockClass],
    );
  }

  /** Jobs that are due but were last offered a while ago: the transport may have lost them. Oldest offers first. */
  async takeOverdue(queues: readonly string[], limit: number): Promise<Delivery[]> {
    return this.query<Delivery>(
      `WITH overdue AS (
         SELECT id FROM queue.job
         WHERE state = 'PENDING' AND queue = ANY($1) AND due_at <= now() AND offered_at < now() - interval '3 seconds'
         ORDER BY offered_at LIMIT $2 FOR UPDATE SKIP LOCKED),
       offered AS (UPDATE queue.job SET offered_at = now() WHERE id IN (SELECT id FROM overdue) RETURNING *)
       SELECT ${deliveryColumns} FROM offered`,
      [queues, limit],
    );
  }

  /** Removes some jobs done 30 days ago and progress told a week ago. @param most of each */
  async forgetSpent(most: number): Promise<void> {
    await this.query('SELECT queue.forget_spent($1)', [most]);
  }

  async registerWorker(): Promise<number> {
    const rows = await this.query<{ id: number }>('INSERT INTO queue.worker DEFAULT VALUES RETURNING id');
    const id = rows[0]?.id;
    if (id === undefined) throw new Error('The worker could not be registered');
    return id;
  }

  async heartbeat(worker: number): Promise<void> {
    await this.query('UPDATE queue.worker SET heartbeat_at = now() WHERE id = $1', [worker]);
  }

  /** Forgets this worker, and any that has been silent for an hour and holds nothing. */
  async removeWorker(worker: number): Promise<void> {
    await this.query(`DELETE FROM queue.worker WHERE id = $1 OR heartbeat_at < now() - interval '1 hour'`, [worker]);
  }

  private async settle(job: ClaimedJob, worker: number, set: string, values: unknown[] = []): Promise<boolean> {
    const delivery = await this.change(set, `state = 'RUNNING' AND id = $1 AND worker = $2 AND deliveries = $3`, [
      job.id,
      worker,
      job.deliveries,
      ...values,
    ]);
    return delivery !== undefined;
  }

  private async change(set: string, where: string, values: readonly unknown[]): Promise<Delivery | undefined> {
    const rows = await this.query<Delivery>(
      `WITH changed AS (UPDATE queue.job SET ${set} WHERE ${where} RETURNING *) SELECT ${deliveryColumns} FROM changed`,
      values,
    );
    return rows[0];
  }

  private query<Row>(sql: string, values: readonly unknown[] = []): Promise<Row[]> {
    return this.transactions.manager.query(sql, [...values]);
  }
}
