import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { DomainError } from '#kernel';
import { Settings } from '#platform/config';
import type { Logger } from '#platform/observability';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { HealthRegistry } from '../health/health-registry.js';
import { registerHealthRoutes } from '../health/health-routes.js';
import { preferredLocale } from '../problems/preferred-locale.js';
import { problemMediaType, problemOf } from '../problems/problem.js';
import { addRequestHooks, requestIdOf } from './request-hooks.js';

// JSON and forms; files are streamed and have limits of their own.
const bodyLimitBytes = 1024 * 1024;
// Time to send a whole request; a scan over a slow line fits, a connection held open to tie us down does not.
const requestTimeoutMs = 300_000;

/** A problem document from outside Nest. */
const refuse = (request: FastifyRequest, reply: FastifyReply, error: DomainError, publicUrl: string): FastifyReply => {
  const problem = problemOf(error, {
    locale: preferredLocale(request.headers['accept-language']),
    requestId: request.id,
    instance: request.url.split('?')[0] ?? '/',
    publicUrl,
  });
  return reply.code(problem.status).type(problemMediaType).send(JSON.stringify(problem));
};

/**
 * Fastify as all our processes run it: request context, access log, metrics, security headers, multipart streaming
 * and the health routes.
 */
export const createHttpAdapter = async (options: {
  readonly settings: Settings;
  readonly logger: Logger;
  readonly health: HealthRegistry;
  readonly processName: string;
}): Promise<FastifyAdapter> => {
  const { settings, logger, health, processName } = options;
  const adapter = new FastifyAdapter({
    bodyLimit: bodyLimitBytes,
    requestTimeout: requestTimeoutMs,
    trustProxy: settings.trustedProxies ?? false,
    genReqId: requestIdOf,
    forceCloseConnections: 'idle',
    // An address that cannot be decoded is answered by the router, before any hook or filter.
    frameworkErrors: (cause: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
      void refuse(request, reply, new DomainError('not-found', {}, { cause }), settings.publicUrl);
    },
  });
  const fastify: FastifyInstance = adapter.getInstance();
  addRequestHooks(fastify, logger, processName);
  // From the first signal on: what is being served is finished, what is new goes to another replica.
  fastify.addHook('onRequest', async (request, reply) => {
    if (!health.isStopping || request.url.startsWith('/health/')) return;
    reply.headers({ connection: 'close', 'retry-after': '5' });
    return refuse(request, reply, new DomainError('service-unavailable'), settings.publicUrl);
  });
  await fastify.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'self'"],
        'base-uri': ["'none'"],
        'form-action': ["'self'"],
        'frame-ancestors': ["'none'"],
        'object-src': ["'none'"],
        'img-src': ["'self'", 'data:', 'blob:'],
        // Swagger UI and component libraries write style elements; script stays ours alone.
        'style-src': ["'self'", "'unsafe-inline'"],
        'worker-src': ["'self'", 'blob:'],
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
    hsts: settings.publicUrl.startsWith('https:') ? { maxAge: 31_536_000 } : false,
  });
  // The receiver of a file decides what is too large, with our error; the parser only stops reading.
  await fastify.register(multipart, { throwFileSizeLimit: false });
  registerHealthRoutes(fastify, health);
  return adapter;
};
