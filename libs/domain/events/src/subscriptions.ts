import type { JobDefinition } from '#platform/queue';
import { endGrantsJob, scanSignatureFailedJob, scanSignedJob, signScanJob, tellDossiersJob } from './event-jobs.js';
import type { EventDelivery, EventType } from './events.js';

/** One job and the events it is run for. */
export interface Subscription {
  readonly types: readonly EventType[];
  readonly job: JobDefinition<object>;
}

// Ties a job's payload to its events, which the list below cannot say of each of its entries.
const subscription = <T extends EventType>(job: JobDefinition<EventDelivery<T>>, ...types: T[]): Subscription => ({
  types,
  job,
});

/** Who is told what. An event without a subscriber still goes to the outbox, for readers outside. */
export const subscriptions: readonly Subscription[] = [
  subscription(signScanJob, 'vn.khoso.scan.signature-requested.v1'),
  subscription(scanSignedJob, 'vn.khoso.scan.signed.v1'),
  subscription(scanSignatureFailedJob, 'vn.khoso.scan.signature-failed.v1'),
  subscription(
    tellDossiersJob,
    'vn.khoso.document.revoked.v1',
    'vn.khoso.document.annulled.v1',
    'vn.khoso.document.suspended.v1',
    'vn.khoso.document.superseded.v1',
    'vn.khoso.document.integrity-failed.v1',
  ),
  subscription(endGrantsJob, 'vn.khoso.dossier.closed.v1'),
];

/** The jobs to enqueue for an event. */
export const subscribersOf = (type: EventType): readonly JobDefinition<object>[] =>
  subscriptions.filter(({ types }) => types.includes(type)).map(({ job }) => job);
