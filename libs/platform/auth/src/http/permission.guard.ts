import { type CanActivate, type ExecutionContext, Injectable, Logger } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { DomainError } from '#kernel';
import { AuditLog } from '#platform/audit';
import { currentContext } from '#platform/observability';
import type { FastifyRequest } from 'fastify';
import { PERMISSION, type PermissionRule, publicRoute } from '../permission.decorator.js';
import type { Principal } from '../principal.js';
import { AccessTokens } from '../tokens/access-tokens.js';
import { setPrincipal } from './current-principal.decorator.js';

const allows = (rule: PermissionRule, principal: Principal): boolean =>
  (rule.roles?.some((role) => principal.roles.includes(role)) ?? false) ||
  (rule.scopes?.some((scope) => principal.scopes.includes(scope)) ?? false);

/** Finds out who calls and whether they may. A route that does not say who may call it is closed to everyone. */
@Injectable()
export class PermissionGuard implements CanActivate {
  private readonly logger = new Logger(PermissionGuard.name);

  constructor(
    private readonly reflector: Reflector,
    private readonly tokens: AccessTokens,
    private readonly audit: AuditLog,
  ) {}

  /** @throws DomainError `unauthenticated`, `token-expired`, `account-disabled`, `password-change-required`, `permission-denied` */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const rule = this.reflector.getAllAndOverride<PermissionRule | undefined>(PERMISSION, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (!rule) {
      this.logger.error({
        msg: 'route without a permission',
        route: `${context.getClass().name}.${context.getHandler().name}`,
      });
      throw new DomainError('permission-denied', { permission: 'none' });
    }
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const token = /^Bearer ([\w.~+/-]+=*)$/i.exec(request.headers.authorization ?? '')?.[1];
    // By name, not by object: a copy of the rule is just as public.
    const isPublic = rule.name === publicRoute.name;
    if (token === undefined) {
      if (isPublic) return true;
      throw new DomainError('unauthenticated');
    }
    const { principal, mustChangePassword } = await this.tokens.verify(token);
    setPrincipal(request, principal);
    const requestContext = currentContext();
    if (requestContext) {
      const { kind, id, name, roles, agencyCode } = principal;
      requestContext.actor = {
        kind,
        id,
        name,
        role: roles.find((role) => rule.roles?.includes(role)) ?? roles[0],
        agencyCode,
      };
    }
    if (isPublic) return true;
    if (mustChangePassword && !rule.beforePasswordChange) throw new DomainError('password-change-required');
    if (!allows(rule, principal)) {
      await this.audit.append({
        event: 'permission.denied',
        outcome: 'refused',
        service: requestContext?.service ?? 'auth',
        detail: { permission: rule.name },
      });
      throw new DomainError('permission-denied', { permission: rule.name });
    }
    return true;
  }
}
