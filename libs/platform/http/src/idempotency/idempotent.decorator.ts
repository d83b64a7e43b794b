import { SetMetadata } from '@nestjs/common';

export interface IdempotencyOptions {
  /**
   * `parsed` (default): the parsed JSON body tells two requests apart. `declared`: the handler does, with
   * `declareIdempotentBody`, because the body is a stream.
   */
  readonly body: 'parsed' | 'declared';
}

export const IDEMPOTENT = 'khoso:idempotent';

/**
 * For POSTs that create. With an `Idempotency-Key` header (1 to 255 visible ASCII characters, good for 24 h) a repeat
 * of the request gets the first answer again, with `Idempotent-Replayed: true`; a failed request frees its key.
 * Throws DomainError `idempotency-conflict` for another caller, route or body, `idempotency-in-progress` while the
 * first is still being served.
 */
export const Idempotent = (options: IdempotencyOptions = { body: 'parsed' }) => SetMetadata(IDEMPOTENT, options);
