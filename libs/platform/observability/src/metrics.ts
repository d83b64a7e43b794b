import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

// Seconds. A scan upload or an OCR page lasts seconds, a lookup milliseconds.
const httpBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.3, 0.8, 2, 5, 15];
const jobBuckets = [0.05, 0.2, 1, 5, 15, 60, 300];

/** What one process counts. A registry of its own, so that several services can live in one process. */
@Injectable()
export class Metrics {
  /** For counters of one's own: `new Counter({ ..., registers: [metrics.registry] })`. No personal data in labels. */
  readonly registry = new Registry();

  private readonly http = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the first byte of a request to the last of its answer, by route template',
    labelNames: ['service', 'method', 'route', 'status'] as const,
    buckets: httpBuckets,
    registers: [this.registry],
  });
  private readonly jobs = new Histogram({
    name: 'job_duration_seconds',
    help: 'Time of one try of a job',
    labelNames: ['queue', 'job', 'outcome'] as const,
    buckets: jobBuckets,
    registers: [this.registry],
  });
  private readonly errors = new Counter({
    name: 'problems_total',
    help: 'Errors answered or met in jobs, by code of the error catalogue',
    labelNames: ['service', 'code'] as const,
    registers: [this.registry],
  });
  private readonly lag = new Gauge({
    name: 'audit_lag_entries',
    help: 'Audit entries that the sequencer has not linked yet',
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  /** @param request.route template, never the address itself */
  requestServed(request: {
    readonly service: string;
    readonly method: string;
    readonly route: string;
    readonly status: number;
    readonly seconds: number;
  }): void {
    const { seconds, status, ...labels } = request;
    this.http.observe({ ...labels, status: String(status) }, seconds);
  }

  /** One try of a job. */
  jobTried(job: {
    readonly queue: string;
    readonly job: string;
    readonly outcome: 'done' | 'retry' | 'failed';
    readonly seconds: number;
  }): void {
    const { seconds, ...labels } = job;
    this.jobs.observe(labels, seconds);
  }

  problemMet(service: string, code: string): void {
    this.errors.inc({ service, code });
  }

  auditLag(entries: number): void {
    this.lag.set(entries);
  }
}
