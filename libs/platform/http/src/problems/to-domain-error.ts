import { HttpException } from '@nestjs/common';
import { DomainError, type ErrorCode } from '#kernel';

// What the framework throws before a handler runs, by status.
const codesByStatus: Readonly<Record<number, ErrorCode>> = {
  400: 'body-malformed',
  401: 'unauthenticated',
  403: 'permission-denied',
  404: 'not-found',
  405: 'not-found',
  406: 'body-malformed',
  413: 'body-too-large',
  415: 'media-type-unsupported',
  503: 'service-unavailable',
};

const statusOf = (error: unknown): number | undefined => {
  if (error instanceof HttpException) return error.getStatus();
  // Fastify's errors carry a status and a code that begins with FST_; Node's own carry a code too, but no status.
  if (error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number') return error.statusCode;
  return undefined;
};

/** Any thrown value as an error of the catalogue; what nobody foresaw is `internal-error`, with the value as its cause. */
export const toDomainError = (error: unknown): DomainError => {
  if (error instanceof DomainError) return error;
  const status = statusOf(error);
  const code = status === undefined ? undefined : codesByStatus[status];
  return new DomainError(code ?? 'internal-error', {}, { cause: error });
};
