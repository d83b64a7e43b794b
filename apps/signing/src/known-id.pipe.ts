import { ParseUUIDPipe } from '@nestjs/common';
import { DomainError, type ErrorCode } from '#kernel';

/** What is no id is the id of nothing. */
const knownId = (notFound: ErrorCode): ParseUUIDPipe =>
  new ParseUUIDPipe({ exceptionFactory: () => new DomainError(notFound) });

export const requestId = knownId('signing-request-not-found');
export const attachmentId = knownId('attachment-not-found');
