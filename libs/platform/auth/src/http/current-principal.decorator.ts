import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { DomainError } from '#kernel';
import type { FastifyRequest } from 'fastify';
import type { Principal } from '../principal.js';

const principals = new WeakMap<FastifyRequest, Principal>();

/** For the guard alone: who was found to be calling. */
export const setPrincipal = (request: FastifyRequest, principal: Principal): void => {
  principals.set(request, principal);
};

/**
 * The authenticated caller, as a parameter of a handler: `@CurrentPrincipal() principal: Principal`.
 * @throws DomainError `unauthenticated` on a public route that was called without a token
 */
export const CurrentPrincipal = createParamDecorator((_: unknown, context: ExecutionContext): Principal => {
  const principal = principals.get(context.switchToHttp().getRequest<FastifyRequest>());
  if (!principal) throw new DomainError('unauthenticated');
  return principal;
});
