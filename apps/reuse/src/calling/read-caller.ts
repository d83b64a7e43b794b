import { DomainError } from '#kernel';
import type { Principal } from '#platform/auth';
import type { Caller } from './caller.js';
import { headerValue, type RequestHeaders } from './header-value.js';

/**
 * Who acts in a call whose context is already known, or which needs none: the signed-in account, or the person the
 * calling system names in `X-Actor` or `X-Road-UserId` (FR-79: the real one).
 * @throws DomainError `context-missing`
 */
export const readCaller = (headers: RequestHeaders, principal: Principal): Caller => {
  if (principal.kind === 'account') return { principal, actor: { id: principal.id, name: principal.name } };
  const id = headerValue(headers, 'x-actor') ?? headerValue(headers, 'x-road-userid');
  if (id === undefined) {
    throw new DomainError('context-missing', {}, { details: [{ code: 'CONTEXT_MEMBER_MISSING', field: 'X-Actor' }] });
  }
  return { principal, actor: { id, name: headerValue(headers, 'x-road-pdu-initiator-person-name') } };
};
