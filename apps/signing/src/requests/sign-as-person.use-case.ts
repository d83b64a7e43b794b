import { Injectable } from '@nestjs/common';
import { Clock, DomainError, vietnamDate, vietnamYear } from '#kernel';
import { Catalogue } from '#domain/catalogue';
import { AuditLog } from '#platform/audit';
import type { Principal } from '#platform/auth';
import { AtomicCounter, TransactionRunner } from '#platform/persistence';
import { ObjectStore } from '#platform/storage';
import { SigningRequestsRepository } from '../infrastructure/signing-requests.repository.js';
import { KeyRing } from '../keys/key-ring.js';
import { maxDocumentBytes, DocumentSigner } from '../document-signer.js';
import { SignatureImages } from '../signature-images/signature-images.js';
import { printNumber } from './print-number.js';
import { recordingFailure } from './recording-failure.js';
import { assertCanBecome, documentNumber, type SigningRequest } from './signing-request.js';

/**
 * The authorised person's turn. The number is taken, printed and signed in one transaction: if signing fails the
 * number goes back to the agency's sequence, which therefore has no gaps (FR-47).
 */
@Injectable()
export class SignAsPersonUseCase {
  constructor(
    private readonly requests: SigningRequestsRepository,
    private readonly transactions: TransactionRunner,
    private readonly counter: AtomicCounter,
    private readonly catalogue: Catalogue,
    private readonly keys: KeyRing,
    private readonly images: SignatureImages,
    private readonly signer: DocumentSigner,
    private readonly objects: ObjectStore,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `not-the-signer`, `signing-state-conflict`, `signing-key-not-found`, `p12-password-wrong` ... */
  async execute(
    input: { readonly requestId: string; readonly keyId?: string; readonly password?: string },
    principal: Principal,
  ): Promise<SigningRequest> {
    const agencyCode = principal.agencyCode ?? '';
    return recordingFailure(this.requests, this.transactions, this.clock, input.requestId, agencyCode, () =>
      this.transactions.run(async () => {
        const request = await this.requests.getForUpdate(input.requestId, agencyCode);
        if (request.signerId !== principal.id) throw new DomainError('not-the-signer');
        assertCanBecome(request, 'WAITING_SEAL');

        const now = this.clock.now();
        const today = vietnamDate(now);
        const year = vietnamYear(now);
        const agency = await this.catalogue.agency(agencyCode, today);
        const key = await this.keys.open(
          { kind: 'PERSON', id: principal.id, name: principal.name, organisation: agency.name },
          input,
        );
        const draft = await this.objects.read(request.draftSha256, { maxBytes: maxDocumentBytes });
        const image = await this.images.get({ kind: 'PERSON', id: principal.id, name: principal.name });

        // Last, because everyone who signs for this agency waits for the counter until this transaction ends.
        const number = await this.counter.next('document-number', `${agencyCode}/${year}`);
        const numbered = await printNumber(draft, request, number, today);
        const signed = await this.signer.signAsPerson(numbered, key, { slot: request.signerSlot, image, at: now });
        const stored = await this.objects.put(signed);

        const next: SigningRequest = {
          ...request,
          state: 'WAITING_SEAL',
          currentSha256: stored.sha256,
          number,
          numberedYear: year,
          issuedOn: today,
          signedAt: now,
          signerKeyId: key.id,
          failureCode: undefined,
          failedAt: undefined,
        };
        await this.requests.update(next);
        await this.audit.append({
          event: 'signing.signed-as-person',
          outcome: 'success',
          service: 'signing',
          sha256: stored.sha256,
          detail: {
            requestId: request.id,
            number: documentNumber(number, request.symbol),
            certificate: key.certificateSha256,
          },
        });
        return next;
      }),
    );
  }
}
