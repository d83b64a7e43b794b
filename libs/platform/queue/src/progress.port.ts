/** A step of something that takes longer than a second, for the one who waits for it. */
export interface ProgressEvent {
  /** What is being worked on, e.g. a scan's id. */
  readonly subject: string;
  /** Grows by one per subject; a client that reconnects asks for what is after the last it saw. */
  readonly sequence: number;
  readonly at: Date;
  /** e.g. `page-read`, `state-changed`. */
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Progress is kept in PostgreSQL and announced with NOTIFY, so that any API replica can show what any worker does. */
export abstract class ProgressFeed {
  /** Joins the running transaction. */
  abstract publish(subject: string, type: string, data: Record<string, unknown>): Promise<void>;
  /** All events after `afterSequence` (0 for all), then live ones until the signal aborts. */
  abstract follow(subject: string, afterSequence: number, signal: AbortSignal): AsyncIterable<ProgressEvent>;
}
