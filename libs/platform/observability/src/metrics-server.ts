import { once } from 'node:events';
import { createServer } from 'node:http';
import { collectDefaultMetrics, register } from 'prom-client';

export interface MetricsServer {
  stop(): Promise<void>;
}

/** `/metrics` on a port of its own, so that it is never reachable where callers are. */
export const startMetricsServer = async (at: {
  readonly host: string;
  readonly port: number;
}): Promise<MetricsServer> => {
  // Memory, event loop lag, garbage collection: once per process, as the registry is.
  if (!register.getSingleMetric('process_cpu_user_seconds_total')) collectDefaultMetrics();
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    register.metrics().then(
      (text) => response.writeHead(200, { 'content-type': register.contentType }).end(text),
      () => response.writeHead(500).end(),
    );
  });
  server.listen(at.port, at.host);
  await once(server, 'listening');
  return {
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
};
