import { DomainError, type ErrorCode } from '#kernel';
import { ParseUUIDPipe } from '@nestjs/common';

/** An id that cannot exist is answered like one that does not. */
const idPipe = (notFound: ErrorCode): ParseUUIDPipe =>
  new ParseUUIDPipe({ exceptionFactory: () => new DomainError(notFound) });

export const grantIdPipe = idPipe('grant-not-found');
export const documentIdPipe = idPipe('document-not-found');
