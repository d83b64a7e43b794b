import { type ArgumentsHost, Catch, type ExceptionFilter, Injectable, Logger } from '@nestjs/common';
import { Settings } from '#platform/config';
import { currentContext, httpMetrics } from '#platform/observability';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { preferredLocale } from './preferred-locale.js';
import { definitionOf, problemMediaType, problemOf } from './problem.js';
import { toDomainError } from './to-domain-error.js';

/** Answers every error as `application/problem+json` (RFC 9457) and logs what was our fault. */
@Injectable()
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemFilter.name);

  constructor(private readonly settings: Settings) {}

  async catch(thrown: unknown, host: ArgumentsHost): Promise<void> {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const error = toDomainError(thrown);
    const { status } = definitionOf(error.code);
    this.log(status, error.code, thrown);
    httpMetrics.problems.inc({ service: currentContext()?.service ?? 'none', code: error.code });

    // Half an answer cannot be taken back; a broken connection is the only honest end of it.
    if (reply.sent || reply.raw.headersSent) {
      reply.raw.destroy();
      return;
    }
    const problem = problemOf(error, {
      locale: currentContext()?.locale ?? preferredLocale(request.headers['accept-language']),
      requestId: request.id,
      instance: request.url.split('?')[0] ?? '/',
      publicUrl: this.settings.publicUrl,
    });
    const { retryAfterSeconds } = error.params;
    if (retryAfterSeconds !== undefined) reply.header('retry-after', String(retryAfterSeconds));
    if (status === 401)
      reply.header('www-authenticate', error.code === 'token-expired' ? 'Bearer error="invalid_token"' : 'Bearer');
    await reply
      .code(status)
      .headers({
        'content-type': problemMediaType,
        'cache-control': 'no-store',
        vary: 'Accept-Language',
      })
      .send(JSON.stringify(problem));
  }

  private log(status: number, code: string, thrown: unknown): void {
    if (status >= 500) this.logger.error({ msg: 'request failed', code, err: thrown });
    else this.logger.debug({ msg: 'request refused', code });
  }
}
