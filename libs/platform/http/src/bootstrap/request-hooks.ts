import { newId } from '#kernel';
import { httpMetrics, type Logger, type RequestContext, runInContext } from '#platform/observability';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { IncomingMessage } from 'node:http';
import { preferredLocale } from '../problems/preferred-locale.js';

const single = (header: string | string[] | undefined): string | undefined =>
  Array.isArray(header) ? header[0] : header;

/** The caller's id of the request, so that both logs can be joined; our own when there is none or it is no plain token. */
export const requestIdOf = ({ headers }: Pick<IncomingMessage, 'headers'>): string => {
  const given = single(headers['x-road-id']) ?? single(headers['x-request-id']);
  return given !== undefined && /^[\w.:/-]{1,128}$/.test(given) ? given : newId();
};

const serviceOf = (path: string, fallback: string): string => /^\/api\/([a-z]+)\//.exec(path)?.[1] ?? fallback;

const isProbe = (path: string): boolean => path.startsWith('/health/');

/**
 * What happens around every request: the context it runs in, its id on the answer, one log line and one measurement
 * when it is over.
 * @param processName service shown for paths that belong to none
 */
export const addRequestHooks = (fastify: FastifyInstance, logger: Logger, processName: string): void => {
  const contexts = new WeakMap<FastifyRequest, RequestContext>();
  const contextOf = (request: FastifyRequest): RequestContext => {
    const known = contexts.get(request);
    if (known) return known;
    const context: RequestContext = {
      requestId: request.id,
      service: serviceOf(request.url, processName),
      sourceIp: request.ip,
      locale: preferredLocale(request.headers['accept-language']),
    };
    contexts.set(request, context);
    return context;
  };

  fastify.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id);
    if (single(request.headers['x-road-id']) === request.id) reply.header('x-road-id', request.id);
    runInContext(contextOf(request), done);
  });
  // The events of a body that arrives over the socket belong to the connection, not to the request: step back in after it.
  fastify.addHook('preValidation', (request, _reply, done) => runInContext(contextOf(request), done));

  fastify.addHook('onSend', (request, _reply, _payload, done) => {
    // A refused upload is read to its end and thrown away, else the caller never stops writing and never reads the refusal.
    if (request.raw.readableEnded || !request.headers['content-type']?.startsWith('multipart/')) return done();
    request.raw.unpipe();
    request.raw.resume();
    done();
  });

  fastify.addHook('onResponse', (request, reply, done) => {
    const context = contextOf(request);
    const route = request.routeOptions.url ?? 'none';
    const ms = reply.elapsedTime;
    httpMetrics.duration.observe(
      { service: context.service, method: request.method, route, status: String(reply.statusCode) },
      ms / 1000,
    );
    // The template, never the address: a query may hold what a log must not.
    runInContext(context, () =>
      logger[isProbe(request.url) ? 'debug' : 'info']({
        msg: 'request',
        method: request.method,
        route,
        status: reply.statusCode,
        ms: Math.round(ms),
      }),
    );
    done();
  });
};
