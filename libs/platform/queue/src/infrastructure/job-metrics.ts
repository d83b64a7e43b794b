import { Counter, Histogram } from 'prom-client';

export type JobOutcome = 'done' | 'retried' | 'failed' | 'released';

/** In prom-client's default registry, which the metrics port serves. */
export const jobMetrics = {
  outcomes: new Counter({
    name: 'khoso_jobs_total',
    help: 'Tries of jobs, by outcome',
    labelNames: ['job', 'outcome'] as const,
  }),
  duration: new Histogram({
    name: 'khoso_job_duration_seconds',
    help: 'Time of one try of a job',
    labelNames: ['job'] as const,
    buckets: [0.01, 0.05, 0.25, 1, 5, 15, 60, 300],
  }),
};
