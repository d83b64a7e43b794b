import { defineJob } from '#platform/queue';
import type { EventDelivery } from './events.js';

/** The scanner's personal signature on a scan (Circular 01/2023 Art. 8). */
export const signScanJob = defineJob<EventDelivery<'vn.khoso.scan.signature-requested.v1'>>({
  name: 'signing.sign-scan',
  queue: 'signing',
  attempts: 5,
  backoffMs: 2_000,
  timeoutMs: 120_000,
});

export const scanSignedJob = defineJob<EventDelivery<'vn.khoso.scan.signed.v1'>>({
  name: 'ingestion.scan-signed',
  queue: 'ingestion',
  attempts: 8,
  backoffMs: 1_000,
  timeoutMs: 60_000,
});

export const scanSignatureFailedJob = defineJob<EventDelivery<'vn.khoso.scan.signature-failed.v1'>>({
  name: 'ingestion.scan-signature-failed',
  queue: 'ingestion',
  attempts: 8,
  backoffMs: 1_000,
  timeoutMs: 60_000,
});

/** The five ways in which a document stops being good to rely on. */
export type DocumentEndedType =
  | 'vn.khoso.document.revoked.v1'
  | 'vn.khoso.document.annulled.v1'
  | 'vn.khoso.document.suspended.v1'
  | 'vn.khoso.document.superseded.v1'
  | 'vn.khoso.document.integrity-failed.v1';

/** Warns every open dossier that used the document (FR-62; Decree 45/2020 Art. 15). */
export const tellDossiersJob = defineJob<EventDelivery<DocumentEndedType>>({
  name: 'reuse.tell-dossiers',
  queue: 'reuse',
  attempts: 10,
  backoffMs: 1_000,
  timeoutMs: 60_000,
});

/** A grant dies with its dossier. */
export const endGrantsJob = defineJob<EventDelivery<'vn.khoso.dossier.closed.v1'>>({
  name: 'reuse.end-grants',
  queue: 'reuse',
  attempts: 10,
  backoffMs: 1_000,
  timeoutMs: 60_000,
});
