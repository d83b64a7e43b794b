import { randomUUID } from 'node:crypto';
import type { Content, KhosoClient } from '../api/khoso-client.js';
import type { Subject } from '../samples/sample-set.js';

export interface AvailabilityAnswer {
  readonly components: readonly {
    readonly componentId: string;
    readonly name: string;
    readonly mandatory: boolean;
    readonly decision: string;
    readonly candidates: readonly {
      readonly documentRef: string;
      readonly decision: string;
      readonly reasons: readonly string[];
    }[];
  }[];
  readonly summary: {
    readonly required: number;
    readonly reusable: number;
    readonly withCheck: number;
    readonly missing: number;
  };
}

export interface GrantView {
  readonly grantId: string;
  readonly status: string;
  readonly documents: readonly {
    readonly documentId: string;
    readonly componentId: string;
    readonly name: string;
    readonly state: string;
    readonly version: number;
    readonly sha256: string;
  }[];
}

export interface RecheckView {
  readonly changed: boolean;
  readonly documents: readonly {
    readonly documentId: string;
    readonly changes: readonly string[];
    readonly now: { readonly decision: string; readonly reasons: readonly string[]; readonly state: string };
  }[];
}

/** The case a question is asked for; without one nothing about a person is answered (FR-67). */
export interface Case {
  readonly dossierCode: string;
  readonly procedureCode: string;
  readonly agencyCode: string;
}

const actor = { id: 'cb-0042', name: 'Lê Thị Hoa' };

export const contextOf = ({ dossierCode, procedureCode, agencyCode }: Case): object => ({
  dossierCode,
  procedureCode,
  purposeCode: 'TTHC_INTAKE',
  legalBasis: { code: 'STATE_DUTY', article: 'Nghị định 118/2025/NĐ-CP' },
  actor: { ...actor, agencyCode },
});

export const identifierOf = (subject: Subject): object =>
  subject.kind === 'person'
    ? { kind: subject.kind, personalId: subject.personalId }
    : { kind: subject.kind, businessCode: subject.businessCode };

/** What the system of another procedure asks, with its own client credentials. */
export class ProcedureSystem {
  constructor(private readonly api: KhosoClient) {}

  availability(forCase: Case, subject: Subject): Promise<AvailabilityAnswer> {
    return this.api.post('/api/reuse/v1/availability', { context: contextOf(forCase), subject: identifierOf(subject) });
  }

  grant(forCase: Case, subject: Subject, documentRefs: readonly string[]): Promise<GrantView> {
    return this.api.post(
      '/api/reuse/v1/grants',
      { context: contextOf(forCase), subject: identifierOf(subject), documentRefs },
      { 'idempotency-key': randomUUID() },
    );
  }

  content(grantId: string, documentId: string): Promise<Content> {
    return this.api.download(`/api/reuse/v1/grants/${grantId}/documents/${documentId}/content`, {
      'x-actor': actor.id,
    });
  }

  recheck(grantId: string): Promise<RecheckView> {
    return this.api.post(`/api/reuse/v1/grants/${grantId}/recheck`, {}, { 'x-actor': actor.id });
  }
}
