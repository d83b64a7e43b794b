import { defineJob } from '#platform/queue';

/** Reads one page. Key: scan, page and reading, so that a repeated job is the same job. */
export const readPageJob = defineJob<{ readonly scanId: string; readonly page: number }>({
  name: 'ingestion.read-page',
  queue: 'ingestion',
  attempts: 3,
  backoffMs: 2_000,
  // Rendering and reading have limits of their own; this one covers the wait for a free reader too.
  timeoutMs: 300_000,
});

/** Makes field proposals of what was read, once no page is pending. */
export const extractJob = defineJob<{ readonly scanId: string }>({
  name: 'ingestion.extract',
  queue: 'ingestion',
  attempts: 5,
  backoffMs: 2_000,
  timeoutMs: 120_000,
});
