import { DomainError, type ErrorDetail } from '#kernel';
import type { Principal } from '#platform/auth';
import { type CallingContext, legalBases } from './calling-context.js';
import { headerValue, type RequestHeaders } from './header-value.js';

/** The body member `context` as sent: every member optional, so that what is missing can be named all at once. */
export interface ContextInput {
  readonly dossierCode?: string;
  readonly procedureCode?: string;
  readonly purposeCode?: string;
  readonly legalBasis?: { readonly code?: string; readonly article?: string };
  readonly consentRef?: string;
  readonly actor?: { readonly id?: string; readonly name?: string; readonly agencyCode?: string };
  readonly bulk?: boolean;
}

/**
 * Puts the context together from the body and the X-Road header aliases. A member said in both places must be the
 * same in both. A signed-in official is the acting person and need not say so; a system always names the person it acts for.
 * @throws DomainError `context-missing` naming every missing or contradictory member
 */
export const readCallingContext = (
  body: ContextInput | undefined,
  headers: RequestHeaders,
  principal: Principal,
): CallingContext => {
  const faults: ErrorDetail[] = [];
  const member = (field: string, inBody: string | undefined, alias?: string, fallback?: string): string => {
    const said = inBody === '' ? undefined : inBody;
    const aliased = alias === undefined ? undefined : headerValue(headers, alias);
    if (said !== undefined && aliased !== undefined && said !== aliased) {
      faults.push({ code: 'CONTEXT_MEMBER_CONTRADICTED', field: `context.${field}` });
    }
    const value = said ?? aliased ?? fallback;
    if (value === undefined) faults.push({ code: 'CONTEXT_MEMBER_MISSING', field: `context.${field}` });
    return value ?? '';
  };
  const optional = (inBody: string | undefined, alias: string): string | undefined =>
    (inBody === '' ? undefined : inBody) ?? headerValue(headers, alias);

  const self = principal.kind === 'account' ? principal : undefined;
  // `STATE_DUTY; Nghị định 118/2025/NĐ-CP, Điều 9` in one header.
  const [basisAlias, ...articleAlias] = headerValue(headers, 'x-road-pdu-legal-basis')?.split(';') ?? [];
  const basisCode = member('legalBasis.code', body?.legalBasis?.code, undefined, basisAlias?.trim());
  const basis = legalBases.find((code) => code === basisCode);
  if (basisCode !== '' && basis === undefined) {
    faults.push({ code: 'LEGAL_BASIS_UNKNOWN', field: 'context.legalBasis.code', params: { known: legalBases } });
  }
  const article = body?.legalBasis?.article ?? (articleAlias.length > 0 ? articleAlias.join(';').trim() : undefined);
  const actorId = member('actor.id', body?.actor?.id, 'x-road-userid', self?.id);
  const actorName = optional(body?.actor?.name, 'x-road-pdu-initiator-person-name') ?? self?.name;
  const context = {
    dossierCode: member('dossierCode', body?.dossierCode, 'x-road-issue'),
    procedureCode: member('procedureCode', body?.procedureCode),
    purposeCode: member('purposeCode', body?.purposeCode, 'x-road-pdu-purpose'),
    consentRef: optional(body?.consentRef, 'x-road-pdu-consent-reference'),
    actorAgencyCode: member(
      'actor.agencyCode',
      body?.actor?.agencyCode,
      'x-road-pdu-initiator-org-code',
      self?.agencyCode,
    ),
    bulk: body?.bulk ?? headerValue(headers, 'x-road-pdu-bulk-processing') === 'true',
  };
  if (faults.length > 0 || basis === undefined) throw new DomainError('context-missing', {}, { details: faults });

  const { actorAgencyCode, ...rest } = context;
  return {
    ...rest,
    legalBasis: { code: basis, article },
    actor: { id: actorId, name: actorName, agencyCode: actorAgencyCode },
  };
};
