import type { FastifyInstance } from 'fastify';
import type { HealthRegistry } from './health-registry.js';

/**
 * `/health/live`, `/health/ready`, `/health/startup` on a bare Fastify instance, because a worker has no Nest routes
 * at all. Public: they say which parts are up and nothing else.
 */
export const registerHealthRoutes = (fastify: FastifyInstance, health: HealthRegistry): void => {
  // Answering at all is being alive; a lost database must not make an orchestrator kill the process.
  fastify.get('/health/live', async (_request, reply) =>
    reply.header('cache-control', 'no-store').send({ status: 'up' }),
  );
  fastify.get('/health/startup', async (_request, reply) => {
    const report = health.startup();
    return reply
      .code(report.status === 'up' ? 200 : 503)
      .header('cache-control', 'no-store')
      .send(report);
  });
  fastify.get('/health/ready', async (_request, reply) => {
    const report = await health.ready();
    return reply
      .code(report.status === 'up' ? 200 : 503)
      .header('cache-control', 'no-store')
      .send(report);
  });
};
