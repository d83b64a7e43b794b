import { Counter, Histogram } from 'prom-client';

/**
 * In prom-client's default registry, which the metrics port serves: metrics belong to the process, however many
 * services it holds. Labels carry names and templates, never identifiers.
 */
export const httpMetrics = {
  /** `route` is the template, e.g. `/api/reuse/v1/grants/:id`, so that the number of series stays small. */
  duration: new Histogram({
    name: 'khoso_http_request_duration_seconds',
    help: 'Time from the head of a request to the end of its answer, by route template',
    labelNames: ['service', 'method', 'route', 'status'] as const,
    // From a lookup to a scan upload.
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.3, 0.8, 2, 5, 15],
  }),
  problems: new Counter({
    name: 'khoso_http_problems_total',
    help: 'Requests answered with a problem document, by code of the error catalogue',
    labelNames: ['service', 'code'] as const,
  }),
};
