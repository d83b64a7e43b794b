import { readFile } from 'node:fs/promises';
import { Injectable } from '@nestjs/common';
import { Clock, DocumentNumber, DomainError, newId, vietnamDate } from '#kernel';
import { type Agency, Catalogue } from '#domain/catalogue';
import { Dossiers } from '#domain/dossiers';
import { type OwnerIdentifier, Owners } from '#domain/records';
import { AuditLog } from '#platform/audit';
import { type Account, Accounts, type Principal } from '#platform/auth';
import { TransactionRunner } from '#platform/persistence';
import { ObjectStore, type ReceivedFile } from '#platform/storage';
import { usualSealDiameterMm } from '../document-signer.js';
import { SigningRequestsRepository } from '../infrastructure/signing-requests.repository.js';
import { settleLayout } from './draft-layout.js';
import {
  type DateSlots,
  documentNumber,
  type NumberSlot,
  type SignerSlot,
  type SigningRequest,
} from './signing-request.js';

export interface NewSigningRequest {
  readonly title: string;
  readonly documentTypeCode: string;
  readonly symbol: string;
  readonly signerId: string;
  readonly dossierId?: string;
  /** Whom the document is for; when absent the dossier's owner, and without a dossier the agency itself. */
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
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws DomainError `signer-not-found`, `document-type-unknown`, `document-number-invalid`, `pdf-*`,
   *   `draft-already-signed`, `signature-slot-invalid`, `draft-not-printable`, `dossier-not-found`,
   *   `agency-not-competent`
   */
  async execute(input: NewSigningRequest, draft: ReceivedFile, principal: Principal): Promise<SigningRequest> {
    const now = this.clock.now();
    const agency = await this.catalogue.agency(principal.agencyCode ?? '', vietnamDate(now));
    const type = await this.catalogue.documentType(input.documentTypeCode, vietnamDate(now));
    const signer = await this.authorisedPerson(input.signerId, agency.code);
    const { symbol } = DocumentNumber.parse(documentNumber(1, input.symbol));
    const layout = await settleLayout(await readFile(draft.path), input, {
      sealDiameterMm: agency.sealDiameterMm ?? usualSealDiameterMm,
      now,
    });

    return this.transactions.run(async () => {
      const ownerId = await this.ownerOf(input, agency);
      const stored = await this.objects.accept(draft);
      const request: SigningRequest = {
        id: newId(),
        title: input.title,
        documentTypeCode: type.code,
        symbol,
        agencyCode: agency.code,
        signerId: signer.id,
        signerName: signer.name,
        createdBy: principal.id,
        ownerId,
        dossierId: input.dossierId,
        state: 'WAITING_SIGNER',
        draftSha256: stored.sha256,
        currentSha256: stored.sha256,
        ...layout,
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

  private async authorisedPerson(id: string, agencyCode: string): Promise<Account> {
    const account = await this.accounts.findById(id);
    if (!account?.roles.includes('signer') || account.agencyCode !== agencyCode || account.disabled) {
      throw new DomainError('signer-not-found');
    }
    return account;
  }

  private async ownerOf(input: NewSigningRequest, agency: Agency): Promise<string> {
    const { dossierId, subject } = input;
    const dossier = dossierId === undefined ? undefined : await this.dossiers.get(dossierId);
    if (dossier && dossier.agencyCode !== agency.code) throw new DomainError('agency-not-competent');
    if (!subject && dossier) return dossier.ownerId;
    const { identifier, name } = subject ?? {
      identifier: { kind: 'AGENCY_CODE', value: agency.code },
      name: agency.name,
    };
    return (await this.owners.resolve(identifier, { name })).id;
  }
}
