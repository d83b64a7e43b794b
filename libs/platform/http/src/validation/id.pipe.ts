import { ParseUUIDPipe } from '@nestjs/common';
import { DomainError, type ErrorCode } from '#kernel';

/** For an id in an address: one that cannot exist is answered like one that does not. @param notFound code of that answer */
export const idPipe = (notFound: ErrorCode): ParseUUIDPipe =>
  new ParseUUIDPipe({ exceptionFactory: () => new DomainError(notFound) });
