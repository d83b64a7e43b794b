import { randomUUID } from 'node:crypto';
import type { Content, KhosoClient } from '../api/khoso-client.js';
import type { SampleDraft } from '../samples/sample-set.js';

export interface SigningRequestView {
  readonly id: string;
  readonly state: string;
  readonly number?: string;
  readonly issuedOn?: string;
  readonly sha256: string;
  readonly documentId?: string;
}

export interface VerificationView {
  readonly verdict: string;
  readonly signatures: readonly { readonly verdict: string; readonly signer?: { readonly commonName?: string } }[];
}

/** A document on its way out: what the drafter, the official and the clerk do, each signed in as itself. */
export class Outgoing {
  constructor(
    private readonly drafter: KhosoClient,
    private readonly signer: KhosoClient,
    private readonly clerk: KhosoClient,
  ) {}

  async draft(draft: SampleDraft, dossierId: string): Promise<SigningRequestView> {
    const { id: signerId } = await this.signer.get<{ id: string }>('/api/auth/v1/me');
    return this.drafter.upload(
      '/api/signing/v1/requests',
      {
        title: draft.title,
        documentTypeCode: draft.documentTypeCode,
        symbol: draft.symbol,
        signerId,
        dossierId,
        signerSlot: JSON.stringify(draft.signerSlot),
        numberSlot: JSON.stringify(draft.numberSlot),
        dateSlots: JSON.stringify(draft.dateSlots),
      },
      draft.path,
      { 'idempotency-key': randomUUID() },
    );
  }

  sign(id: string): Promise<SigningRequestView> {
    return this.signer.post(`/api/signing/v1/requests/${id}/signature`);
  }

  seal(id: string): Promise<SigningRequestView> {
    return this.clerk.post(`/api/signing/v1/requests/${id}/agency-signature`);
  }

  returnResult(id: string): Promise<SigningRequestView> {
    return this.clerk.post(`/api/signing/v1/requests/${id}/return`);
  }

  content(id: string): Promise<Content> {
    return this.clerk.download(`/api/signing/v1/requests/${id}/content`);
  }

  verify(pdf: Uint8Array<ArrayBuffer>): Promise<VerificationView> {
    return this.clerk.upload('/api/signing/v1/verifications', {}, pdf);
  }
}
