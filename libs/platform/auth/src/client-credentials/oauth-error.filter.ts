import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import { DomainError, type ErrorCode, errorCatalogue } from '#kernel';
import { currentContext } from '#platform/observability';
import type { FastifyReply } from 'fastify';

// RFC 6749 s. 5.2
const oauthErrors: Partial<Record<ErrorCode, string>> = {
  'request-invalid': 'invalid_request',
  'client-authentication-failed': 'invalid_client',
  'account-disabled': 'unauthorized_client',
  'grant-type-unsupported': 'unsupported_grant_type',
  'scope-not-allowed': 'invalid_scope',
};

/** OAuth libraries read `error`, so this endpoint answers in their format, with our code and request id beside it. */
@Catch(DomainError)
export class OauthErrorFilter implements ExceptionFilter<DomainError> {
  async catch(error: DomainError, host: ArgumentsHost): Promise<void> {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const { status, en } = errorCatalogue[error.code];
    const isClient = error.code === 'client-authentication-failed';
    if (isClient) reply.header('www-authenticate', 'Basic realm="khoso"');
    await reply
      .code(status)
      .header('cache-control', 'no-store')
      .send({
        error: oauthErrors[error.code] ?? 'server_error',
        // ASCII only (RFC 6749 s. 5.2), hence English.
        error_description: en.replace(/\{(\w+)\}/g, (_, name: string) => String(error.params[name] ?? '')),
        code: error.code,
        requestId: currentContext()?.requestId,
      });
  }
}
