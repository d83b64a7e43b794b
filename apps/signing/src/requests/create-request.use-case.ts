import { Injectable } from '@nestjs/common';
import { Clock, DomainError, newId, vietnamDate } from '#kernel';
import { Catalogue } from '#domain/catalogue';
import { Dossiers } from '#domain/dossiers';
import { type OwnerIdentifier, Owners } from '#domain/records';
import { AuditLog } from '#platform/audit';
import { Accounts, type Principal } from '#platform/auth';
import { TransactionRunner } from '#platform/persistence';
import { ObjectStore, type ReceivedFile } from '#platform/storage';
import { DocumentSigner, maxDocumentBytes } from '../document-signer.js';
import { SigningRequestsRepository } from '../infrastructure/signing-requests.repository.js';
import type { DateSlots, NumberSlot, SignerSlot, SigningRequest } from './signing-request.js';
import { readFile } from 'node:fs/promises';

export interface NewSigningRequest {
  readonly title: string;
  readonly documentTypeCode: string;
  readonly symbol: string;
  readonly signerId: string;
  readonly dossierId?: string;
  /** Whom the result is for; the dossier's owner when absent. */
  readonly subject?: { readonly identifier: OwnerIdentifier; readonly name: string };
  readonly signerSlot?: SignerSlot;
  readonly numberSlot?: NumberSlot;
  readonly dateSlots?: DateSlots;
}

/** Takes a drafted, unsigned PDF and puts it into the signer's inbox. */
@Injectable()
export class CreateRequestUseCase {
  constructor(
    private readonly requests: SigningRequestsRepository,
    private readonly transactions: TransactionRunner,
    private readonly catalogue: Catalogue,
    private readonly accounts: Accounts,
    private readonly owners: Owners,
    private readonly dossiers: Dossiers,
    private readonly objects: ObjectStore,
    private readonly signer: DocumentSigner,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `draft-already-signed`, `signature-slot-invalid`, `signer-not-found`, `document-type-unknown`, `pdf-...` */
  async execute(input: NewSigningRequest, draft: ReceivedFile, principal: Principal): Promise<SigningRequest> {
    const agencyCode = principal.agencyCode ?? '';
    const now = this.clock.now();
    const type = await this.catalogue.documentType(input.documentTypeCode, vietnamDate(now));
    const signer = await this.accounts.findById(input.signerId);
    if (!signer || !signer.roles.includes('signer') || signer.agencyCode !== agencyCode)
      throw new DomainError('signer-not-found');

    if (draft.bytes > maxDocumentBytes) throw new DomainError('upload-too-large', { maxBytes: maxDocumentBytes });
    const layout = this.signer.readDraft(await readFile(draft.path));
    const signerSlot = input.signerSlot ?? layout.defaultSignerSlot;
    const numberSlot = input.numberSlot ?? layout.defaultNumberSlot;
    layout.assertOnPage(signerSlot);
    layout.assertOnPage({ ...numberSlot, width: 0, height: 0 });

    const stored = await this.objects.accept(draft);
    return this.transactions.run(async () => {
      const ownerId = await this.ownerOf(input, agencyCode);
      const request: SigningRequest = {
        id: newId(),
        title: input.title,
        documentTypeCode: type.code,
        symbol: input.symbol,
        agencyCode,
        signerId: signer.id,
        signerName: signer.name,
        createdBy: principal.id,
        ownerId,
        dossierId: input.dossierId,
        state: 'WAITING_SIGNER',
        draftSha256: stored.sha256,
        currentSha256: stored.sha256,
        pages: layout.pages,
        signerSlot,
        numberSlot,
        dateSlots: input.dateSlots,
        createdAt: now,
      };
      await this.requests.insert(request);
      await this.audit.append({
        event: 'signing.requested',
        outcome: 'success',
        service: 'signing',
        sha256: stored.sha256,
        detail: { requestId: request.id, signerId: signer.id },
      });
      return request;
    });
  }

  private async ownerOf(input: NewSigningRequest, agencyCode: string): Promise<string | undefined> {
    if (input.dossierId) {
      const dossier = await this.dossiers.get(input.dossierId);
      if (dossier.agencyCode !== agencyCode) throw new DomainError('agency-not-competent');
      if (!input.subject) return dossier.ownerId;
    }
    if (!input.subject) return undefined;
    return (await this.owners.resolve(input.subject.identifier, { name: input.subject.name })).id;
  }
}
