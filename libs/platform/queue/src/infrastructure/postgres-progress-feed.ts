import type { TransactionRunner } from '#platform/persistence';
import { type ProgressEvent, ProgressFeed } from '../progress.port.js';
import type { DatabaseSession } from './database-session.js';

const channel = 'khoso_progress';
// A notification lost on the way (the database restarted) delays a step by this much at most.
const pollMs = 5000;

export class PostgresProgressFeed extends ProgressFeed {
  private readonly followers = new Map<string, Set<() => void>>();
  private readonly closing = new AbortController();
  private listening?: Promise<void>;

  constructor(
    private readonly transactions: TransactionRunner,
    private readonly session: DatabaseSession,
  ) {
    super();
  }

  override async publish(subject: string, type: string, data: Record<string, unknown>): Promise<void> {
    await this.transactions.run(async () => {
      const { manager } = this.transactions;
      // Held to the commit, so that numbers become visible in their order: a follower never skips a late one.
      await manager.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, [`progress:${subject}`]);
      await manager.query(
        `INSERT INTO queue.progress (subject, sequence, type, data)
         SELECT $1, coalesce(max(sequence), 0) + 1, $2, $3 FROM queue.progress WHERE subject = $1`,
        [subject, type, JSON.stringify(data)],
      );
      await manager.query('SELECT pg_notify($1, $2)', [channel, subject]);
    });
  }

  override async *follow(subject: string, afterSequence: number, signal: AbortSignal): AsyncIterable<ProgressEvent> {
    const ended = AbortSignal.any([signal, this.closing.signal]);
    let wake: () => void = () => undefined;
    let news = true;
    const onNews = (): void => {
      news = true;
      wake();
    };
    ended.addEventListener('abort', onNews);
    const followers = this.followers.get(subject) ?? new Set();
    this.followers.set(subject, followers.add(onNews));
    try {
      // Without LISTEN for the moment (the database restarts, or we shut down) the feed goes on by polling.
      await this.listen().catch(() => undefined);
      let last = afterSequence;
      while (!ended.aborted) {
        news = false;
        const events = await this.eventsAfter(subject, last).catch((error: unknown) => {
          if (ended.aborted) return [];
          throw error;
        });
        for (const event of events) {
          if (ended.aborted) return;
          last = event.sequence;
          yield event;
        }
        if (news) continue;
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, pollMs);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
    } finally {
      ended.removeEventListener('abort', onNews);
      followers.delete(onNews);
      if (followers.size === 0) this.followers.delete(subject);
    }
  }

  /** Ends every follower, so that the server's open event streams do not hold a shutdown up. */
  close(): void {
    this.closing.abort();
  }

  private listen(): Promise<void> {
    return (this.listening ??= this.session.listen(channel, (subject) => {
      const woken = subject === '' ? [...this.followers.values()] : [this.followers.get(subject) ?? []];
      for (const followers of woken) for (const wake of followers) wake();
    }));
  }

  private eventsAfter(subject: string, sequence: number): Promise<ProgressEvent[]> {
    return this.transactions.manager.query(
      'SELECT subject, sequence, at, type, data FROM queue.progress WHERE subject = $1 AND sequence > $2 ORDER BY sequence',
      [subject, sequence],
    );
  }
}
