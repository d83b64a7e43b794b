import { type CallHandler, type ExecutionContext, Injectable, Logger, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { canonicalJson, DomainError, sha256Hex } from '#kernel';
import { currentContext } from '#platform/observability';
import { IdentifierProtection } from '#platform/persistence';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { catchError, defer, mergeMap, type Observable } from 'rxjs';
import { EarlierResponse, expectDeclaration } from './declare-idempotent-body.js';
import { type Claim, IdempotencyStore, renewalMs, type StoredResponse } from './idempotency-store.js';
import { IDEMPOTENT, type IdempotencyOptions } from './idempotent.decorator.js';

const keyOf = (request: FastifyRequest): string | undefined => {
  const header = request.headers['idempotency-key'];
  if (header === undefined) return undefined;
  if (typeof header !== 'string' || !/^[\x21-\x7e]{1,255}$/.test(header)) {
    throw new DomainError('request-invalid', {}, { details: [{ code: 'MALFORMED', field: 'Idempotency-Key' }] });
  }
  return header;
};

const described = (request: FastifyRequest, body: unknown): string => {
  const actor = currentContext()?.actor;
  return canonicalJson({
    caller: actor ? `${actor.kind}:${actor.id}` : 'anonymous',
    method: request.method,
    path: request.url.split('?')[0] ?? '',
    body: body ?? null,
  });
};

/** Serves `@Idempotent()` routes. */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  private readonly logger = new Logger(IdempotencyInterceptor.name);

  constructor(
    private readonly reflector: Reflector,
    private readonly store: IdempotencyStore,
    private readonly protection: IdentifierProtection,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const options = this.reflector.get<IdempotencyOptions | undefined>(IDEMPOTENT, context.getHandler());
    if (!options) return next.handle();
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const key = keyOf(request);
    if (key === undefined) return next.handle();

    let held: { readonly claim: Claim; readonly renewal: NodeJS.Timeout } | undefined;
    const claim = async (body: unknown) => {
      // Keyed, because a body may hold a personal number, and an unkeyed hash of one is found by trying them all (FR-82).
      const fingerprint = this.protection.blindIndex('idempotent-request', described(request, body));
      const claimed = await this.store.claim(sha256Hex(key), fingerprint);
      if (!('id' in claimed)) throw new EarlierResponse(claimed);
      const renewal = setInterval(() => void this.store.renew(claimed).catch(() => undefined), renewalMs);
      renewal.unref();
      held = { claim: claimed, renewal };
    };
    const settle = async (end: (claim: Claim) => Promise<void>) => {
      if (!held) return;
      clearInterval(held.renewal);
      // The answer itself is right whatever happens to its copy, so a failure here is for the log only.
      await end(held.claim).catch((error: unknown) =>
        this.logger.error({ msg: 'idempotency key not settled', err: error }),
      );
    };

    if (options.body === 'declared') expectDeclaration(request, claim);
    return defer(async () => {
      if (options.body === 'parsed') await claim(request.body);
    }).pipe(
      mergeMap(() => next.handle()),
      mergeMap(async (value: unknown) => {
        if (!held) throw new Error(`${context.getClass().name}.${context.getHandler().name} never declared its body`);
        const location = reply.getHeader('location');
        await settle((mine) =>
          this.store.complete(mine, {
            status: reply.statusCode,
            body: value === undefined ? undefined : JSON.stringify(value),
            location: typeof location === 'string' ? location : undefined,
          }),
        );
        return value;
      }),
      catchError(async (error: unknown) => {
        if (error instanceof EarlierResponse) return this.replay(reply, error.response);
        await settle((mine) => this.store.release(mine));
        throw error;
      }),
    );
  }

  private replay(reply: FastifyReply, response: StoredResponse): unknown {
    reply.code(response.status).header('idempotent-replayed', 'true');
    if (response.location) reply.header('location', response.location);
    return response.body === undefined ? undefined : (JSON.parse(response.body) as unknown);
  }
}
