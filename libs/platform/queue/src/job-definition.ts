/**
 * A kind of work done outside the request. `queue` is the name of the service whose workers run it.
 * The payload is JSON and holds references, never bytes or personal numbers.
 */
export interface JobDefinition<Payload extends object> {
  /** `<service>.<verb-noun>`, e.g. `ingestion.read-page`. */
  readonly name: string;
  readonly queue: string;
  /** Tries in all, the first included. */
  readonly attempts: number;
  /** First back-off in ms; doubles with each try. */
  readonly backoffMs: number;
  /** A try that runs longer is aborted through `JobContext.signal` and counts as failed. */
  readonly timeoutMs: number;
  /** Type carrier only; never set. */
  readonly payload?: Payload;
}

export const defineJob = <Payload extends object>(
  definition: Omit<JobDefinition<Payload>, 'payload'>,
): JobDefinition<Payload> => definition;
