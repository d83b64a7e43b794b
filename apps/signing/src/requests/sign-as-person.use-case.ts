import { Injectable } from '@nestjs/common';
import { Clock, DomainError, vietnamDate, vietnamYear } from '#kernel';
import { Catalogue } from '#domain/catalogue';
import { AuditLog } from '#platform/audit';
import type { Principal } from '#platform/auth';
import { AtomicCounter } from '#platform/persistence';
import { ObjectStore } from '#platform/storage';
import { maxDocumentBytes, DocumentSigner } from '../document-signer.js';
import { KeyRing } from '../keys/key-ring.js';
import { SignatureImages } from '../signature-images/signature-images.js';
import { SignatureChecker } from '../verifications/signature-checker.js';
import { printNumber } from './print-number.js';
import { SigningAttempt } from './signing-attempt.js';
import { assertCanBecome, documentNumber, type SigningRequest } from './signing-request.js';

/**
 * The authorised person's turn. The number is taken, printed and signed in one transaction: if signing fails the
 * number goes back to the agency's sequence, which therefore has no gaps (FR-47).
 */
@Injectable()
export class SignAsPersonUseCase {
  constructor(
    private readonly attempt: SigningAttempt,
    private readonly counter: AtomicCounter,
    private readonly catalogue: Catalogue,
    private readonly keys: KeyRing,
    private readonly images: SignatureImages,
    private readonly signer: DocumentSigner,
    private readonly checker: SignatureChecker,
    private readonly objects: ObjectStore,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws DomainError `not-the-signer`, `signing-state-conflict`, `draft-year-passed`, `signing-key-not-found`,
   *   `signing-password-required`, `pkcs12-password-wrong`, `signing-certificate-*`
   */
  async execute(
    input: { readonly requestId: string; readonly keyId?: string; readonly password?: string },
    principal: Principal,
  ): Promise<SigningRequest> {
    const wanted = { requestId: input.requestId, agencyCode: principal.agencyCode ?? '' };
    const assertTurn = (request: SigningRequest): void => {
      if (request.signerId !== principal.id) throw new DomainError('not-the-signer');
      assertCanBecome(request, 'WAITING_SEAL');
    };
    return this.attempt.run(wanted, assertTurn, (request) => this.sign(request, input, principal));
  }

  private async sign(
    request: SigningRequest,
    choice: { readonly keyId?: string; readonly password?: string },
    principal: Principal,
  ): Promise<SigningRequest> {
    const now = this.clock.now();
    const today = vietnamDate(now);
    const year = vietnamYear(now);
    const { printedYear } = request.dateSlots ?? {};
    if (printedYear !== undefined && printedYear !== year) {
      throw new DomainError('draft-year-passed', { printed: String(printedYear), year: String(year) });
    }
    const agency = await this.catalogue.agency(request.agencyCode, today);
    const holder = { kind: 'PERSON', id: principal.id, name: principal.name, organisation: agency.name } as const;
    const key = await this.keys.open(holder, choice);
    const draft = await this.objects.read(request.draftSha256, { maxBytes: maxDocumentBytes });
    const image = await this.images.get(holder);

    // Last, because everyone who signs for this agency waits for the counter until this transaction ends.
    const number = await this.counter.next('document-number', `${request.agencyCode}/${year}`);
    const numbered = await printNumber(draft, request, number, today);
    const { pdf, box } = await this.signer.signAsPerson(numbered, key, { slot: request.signerSlot, image, at: now });
    await this.checker.assertSound(pdf);
    const stored = await this.objects.put(pdf);
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
    return {
      ...request,
      state: 'WAITING_SEAL',
      currentSha256: stored.sha256,
      number,
      numberedYear: year,
      issuedOn: today,
      signedAt: now,
      signatureBox: box,
      signerKeyId: key.id,
    };
  }
}
