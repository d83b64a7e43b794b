import type { FastifyRequest } from 'fastify';
import type { StoredResponse } from './idempotency-store.js';

/** Carries an earlier answer from inside a handler up to the interceptor, which sends it. Not an error to report. */
export class EarlierResponse extends Error {
  constructor(readonly response: StoredResponse) {
    super('This request was answered before');
    this.name = 'EarlierResponse';
  }
}

const declarations = new WeakMap<FastifyRequest, (body: object) => Promise<void>>();

export const expectDeclaration = (request: FastifyRequest, declare: (body: object) => Promise<void>): void => {
  declarations.set(request, declare);
};

/**
 * In a handler with `@Idempotent({ body: 'declared' })`: says what the streamed body was, once it has been received and
 * before anything is done with it. Leaves the handler by throwing when the request was answered before, so free
 * what was received in a `finally`. Does nothing without an `Idempotency-Key`.
 * @param body what tells two bodies apart, e.g. `{ ...fields, sha256: file.sha256 }`
 * @throws DomainError `idempotency-conflict`, `idempotency-in-progress`
 */
export const declareIdempotentBody = async (request: FastifyRequest, body: object): Promise<void> => {
  await declarations.get(request)?.(body);
};
