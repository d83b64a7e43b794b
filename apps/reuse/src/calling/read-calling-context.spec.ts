import { describe, expect, it } from '@jest/globals';
import type { DomainError } from '#kernel';
import type { Principal } from '#platform/auth';
import { type ContextInput, readCallingContext } from './read-calling-context.js';

const system: Principal = {
  kind: 'client',
  id: 'mot-cua',
  name: 'Một cửa',
  roles: [],
  scopes: ['reuse.query'],
  agencyCode: 'H27',
};
const official: Principal = {
  kind: 'account',
  id: 'a-1',
  name: 'Lê Thị Hoa',
  roles: ['officer'],
  scopes: [],
  agencyCode: 'H27.05.12',
};

const complete: ContextInput = {
  dossierCode: 'H27.05.12-261123-0001',
  procedureCode: '1.001193',
  purposeCode: 'TTHC_INTAKE',
  legalBasis: { code: 'STATE_DUTY', article: 'Điều 9' },
  actor: { id: 'cb-0042', name: 'Lê Thị Hoa', agencyCode: 'H27.05.12' },
};

const refusal = (read: () => unknown): DomainError => {
  try {
    read();
  } catch (error) {
    return error as DomainError;
  }
  throw new Error('was not refused');
};

describe('the context of a call about a person (FR-67)', () => {
  it('is taken from the body', () => {
    expect(readCallingContext(complete, {}, system)).toEqual({ ...complete, consentRef: undefined, bulk: false });
  });

  it('names every member that is missing, at once', () => {
    const error = refusal(() => readCallingContext(undefined, {}, system));
    expect(error.code).toBe('context-missing');
    expect(error.details.map((detail) => detail.field).sort()).toEqual([
      'context.actor.agencyCode',
      'context.actor.id',
      'context.dossierCode',
      'context.legalBasis.code',
      'context.procedureCode',
      'context.purposeCode',
    ]);
  });

  it.each(['dossierCode', 'procedureCode', 'purposeCode'] as const)('is refused when %s is blank', (member) => {
    const error = refusal(() => readCallingContext({ ...complete, [member]: '' }, {}, system));
    expect(error.details).toEqual([{ code: 'CONTEXT_MEMBER_MISSING', field: `context.${member}` }]);
  });

  it('may come as X-Road headers, names percent-encoded, the article after the legal basis', () => {
    const headers = {
      'x-road-issue': 'H27.05.12-261123-0001',
      'x-road-pdu-purpose': 'TTHC_INTAKE',
      'x-road-pdu-legal-basis': `CONSENT; ${encodeURIComponent('Điều 11')}`,
      'x-road-pdu-consent-reference': 'dy-77',
      'x-road-userid': 'cb-0042',
      'x-road-pdu-initiator-person-name': encodeURIComponent('Lê Thị Hoa'),
      'x-road-pdu-initiator-org-code': 'H27.05.12',
      'x-road-pdu-bulk-processing': 'true',
    };
    expect(readCallingContext({ procedureCode: '1.001193' }, headers, system)).toEqual({
      dossierCode: 'H27.05.12-261123-0001',
      procedureCode: '1.001193',
      purposeCode: 'TTHC_INTAKE',
      legalBasis: { code: 'CONSENT', article: 'Điều 11' },
      consentRef: 'dy-77',
      actor: { id: 'cb-0042', name: 'Lê Thị Hoa', agencyCode: 'H27.05.12' },
      bulk: true,
    });
  });

  it('is refused when body and header say different things', () => {
    const error = refusal(() => readCallingContext(complete, { 'x-road-issue': 'H27.05.12-261123-0002' }, system));
    expect(error.details).toEqual([{ code: 'CONTEXT_MEMBER_CONTRADICTED', field: 'context.dossierCode' }]);
  });

  it('is refused for a legal basis that does not exist', () => {
    const error = refusal(() => readCallingContext({ ...complete, legalBasis: { code: 'CURIOSITY' } }, {}, system));
    expect(error.details[0]).toMatchObject({ code: 'LEGAL_BASIS_UNKNOWN', field: 'context.legalBasis.code' });
  });

  it('takes a signed-in official for the acting person', () => {
    const { actor } = readCallingContext({ ...complete, actor: undefined }, {}, official);
    expect(actor).toEqual({ id: 'a-1', name: 'Lê Thị Hoa', agencyCode: 'H27.05.12' });
  });

  it('wants a system to name the person it acts for', () => {
    const error = refusal(() => readCallingContext({ ...complete, actor: { agencyCode: 'H27.05.12' } }, {}, system));
    expect(error.details).toEqual([{ code: 'CONTEXT_MEMBER_MISSING', field: 'context.actor.id' }]);
  });
});
