import { DomainError } from '#kernel';
import type { Principal } from '#platform/auth';
import { headerValue, type RequestHeaders } from './header-value.js';

/**
 * Who acts in a call under an existing grant, whose context is already known: the signed-in account, or the person the
 * calling system names in `X-Actor` or `X-Road-UserId`.
 * @throws DomainError `context-missing`
 */
export const readActingPerson = (headers: RequestHeaders, principal: Principal): { id: string; name?: string } => {
  if (principal.kind === 'account') return { id: principal.id, name: principal.name };
  const id = headerValue(headers, 'x-actor') ?? headerValue(headers, 'x-road-userid');
  if (id === undefined) {
    throw new DomainError('context-missing', {}, { details: [{ code: 'CONTEXT_MEMBER_MISSING', field: 'X-Actor' }] });
  }
  return { id, name: headerValue(headers, 'x-road-pdu-initiator-person-name') };
};
