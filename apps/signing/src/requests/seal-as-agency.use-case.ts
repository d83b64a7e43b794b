import { Injectable } from '@nestjs/common';
import { Clock, DomainError } from '#kernel';
import { Catalogue } from '#domain/catalogue';
import { type DocumentRecord, type FieldValue, type NewVersion, Records } from '#domain/records';
import { AuditLog } from '#platform/audit';
import type { Principal } from '#platform/auth';
import { TransactionRunner } from '#platform/persistence';
import { ObjectStore } from '#platform/storage';
import { DocumentSigner, maxDocumentBytes } from '../document-signer.js';
import { SigningRequestsRepository } from '../infrastructure/signing-requests.repository.js';
import { KeyRing } from '../keys/key-ring.js';
import { SignatureImages } from '../signature-images/signature-images.js';
import { SignatureChecker } from '../verifications/signature-checker.js';
import { recordingFailure } from './recording-failure.js';
import { assertCanBecome, documentNumber, type SigningRequest } from './signing-request.js';

/** The clerk applies the agency's signature, which makes the document an e-original (Decree 30/2020 Art. 5, 32), and puts it on file. */
@Injectable()
export class SealAsAgencyUseCase {
  constructor(
    private readonly requests: SigningRequestsRepository,
    private readonly transactions: TransactionRunner,
    private readonly catalogue: Catalogue,
    private readonly keys: KeyRing,
    private readonly images: SignatureImages,
    private readonly signer: DocumentSigner,
    private readonly checker: SignatureChecker,
    private readonly records: Records,
    private readonly objects: ObjectStore,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `authorised-signature-required`, `signing-state-conflict`, `signing-key-not-found` ... */
  async execute(
    input: { readonly requestId: string; readonly keyId?: string; readonly password?: string },
    principal: Principal,
  ): Promise<SigningRequest> {
    const agencyCode = principal.agencyCode ?? '';
    return recordingFailure(this.requests, this.transactions, this.clock, input.requestId, agencyCode, () =>
      this.transactions.run(async () => {
        const request = await this.requests.getForUpdate(input.requestId, agencyCode);
        if (request.state === 'WAITING_SIGNER') throw new DomainError('authorised-signature-required');
        assertCanBecome(request, 'SEALED');

        const now = this.clock.now();
        const agency = await this.catalogue.agency(agencyCode, request.issuedOn ?? '');
        const signed = await this.objects.read(request.currentSha256, { maxBytes: maxDocumentBytes });
        await this.checker.assertSignedBy(signed, await this.keys.certificateOf(request.signerKeyId ?? ''));
        const key = await this.keys.open({ kind: 'AGENCY', id: agencyCode, name: agency.name }, input);
        const sealed = await this.signer.signAsAgency(signed, key, {
          signerSlot: request.signerSlot,
          signerImage: await this.images.get({ kind: 'PERSON', id: request.signerId, name: request.signerName }),
          sealImage: await this.images.get({ kind: 'AGENCY', id: agencyCode, name: agency.name }),
          sealDiameterMm: agency.sealDiameterMm,
          at: now,
        });
        const verdict = await this.checker.verdict(sealed);
        const stored = await this.objects.put(sealed);

        const document = await this.putOnFile(request, principal, agency.name, {
          sha256: stored.sha256,
          bytes: stored.bytes,
          pages: request.pages,
          signature: {
            verdict,
            checkedAt: now,
            signers: [
              { name: request.signerName, role: 'person', signedAt: request.signedAt?.toISOString() },
              { name: agency.name, role: 'agency', signedAt: now.toISOString() },
            ],
          },
        });
        const next: SigningRequest = {
          ...request,
          state: 'SEALED',
          currentSha256: stored.sha256,
          sealedAt: now,
          documentId: document.id,
          failureCode: undefined,
          failedAt: undefined,
        };
        await this.requests.update(next);
        await this.audit.append({
          event: 'signing.signed-as-agency',
          outcome: 'success',
          service: 'signing',
          documentId: document.id,
          sha256: stored.sha256,
          detail: { requestId: request.id, certificate: key.certificateSha256 },
        });
        return next;
      }),
    );
  }

  private async putOnFile(
    request: SigningRequest,
    clerk: Principal,
    agencyName: string,
    version: NewVersion,
  ): Promise<DocumentRecord> {
    const issuedOn = request.issuedOn ?? '';
    const type = await this.catalogue.documentType(request.documentTypeCode, issuedOn);
    const number = documentNumber(request.number ?? 0, request.symbol);
    const issued = (key: string, value: string): FieldValue => ({ key, value, source: 'ISSUER', confidence: 1 });
    return this.records.issue(
      {
        typeCode: type.code,
        name: request.title,
        kind: 'result',
        submissionForm: 'E_ORIGINAL',
        custodianAgencyCode: request.agencyCode,
        dossierId: request.dossierId,
        owners: request.ownerId ? [{ ownerId: request.ownerId, role: 'owner' }] : [],
        version,
      },
      {
        confirmedBy: { accountId: clerk.id, name: clerk.name },
        fields: [
          issued('maLoaiGiayTo', type.code),
          issued('tenGiayTo', type.name),
          issued('soKyHieu', number),
          issued('ngayCap', issuedOn),
          issued('coQuanCap', agencyName),
          issued('trichYeu', request.title),
        ],
        permanent: type.validity.rule === 'permanent',
        code: { kind: 'result', resultTypeCode: type.code, numberSymbol: number },
        // The owner sees a result only after it was returned (FR-34).
        returned: false,
      },
    );
  }
}
