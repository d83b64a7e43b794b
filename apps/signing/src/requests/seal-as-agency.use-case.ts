import { Injectable } from '@nestjs/common';
import { Clock, DomainError } from '#kernel';
import { type Agency, Catalogue } from '#domain/catalogue';
import { type DocumentRecord, type FieldValue, type NewVersion, Records } from '#domain/records';
import { AuditLog } from '#platform/audit';
import type { Principal } from '#platform/auth';
import { ObjectStore } from '#platform/storage';
import { DocumentSigner, maxDocumentBytes } from '../document-signer.js';
import { KeyRing } from '../keys/key-ring.js';
import { SignatureImages } from '../signature-images/signature-images.js';
import { SignatureChecker } from '../verifications/signature-checker.js';
import { SigningAttempt } from './signing-attempt.js';
import {
  assertCanBecome,
  assertSigned,
  documentNumber,
  type SignedRequest,
  type SigningRequest,
} from './signing-request.js';

/** The clerk applies the agency's signature, which makes the document an e-original (Decree 30/2020 Art. 5, 32), and puts it on file. */
@Injectable()
export class SealAsAgencyUseCase {
  constructor(
    private readonly attempt: SigningAttempt,
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

  /**
   * @throws DomainError `authorised-signature-required`, `signing-state-conflict`, `signing-key-not-found`,
   *   `signing-password-required`, `pkcs12-password-wrong`, `signing-certificate-*`
   */
  async execute(
    input: { readonly requestId: string; readonly keyId?: string; readonly password?: string },
    principal: Principal,
  ): Promise<SigningRequest> {
    const wanted = { requestId: input.requestId, agencyCode: principal.agencyCode ?? '' };
    const assertTurn = (request: SigningRequest): void => {
      if (request.state === 'WAITING_SIGNER') throw new DomainError('authorised-signature-required');
      assertCanBecome(request, 'SEALED');
    };
    return this.attempt.run(wanted, assertTurn, async (request) => {
      assertSigned(request);
      return this.seal(request, input, principal);
    });
  }

  private async seal(
    request: SignedRequest,
    choice: { readonly keyId?: string; readonly password?: string },
    clerk: Principal,
  ): Promise<SigningRequest> {
    const now = this.clock.now();
    const agency = await this.catalogue.agency(request.agencyCode, request.issuedOn);
    const signed = await this.objects.read(request.currentSha256, { maxBytes: maxDocumentBytes });
    await this.checker.assertSignedBy(signed, await this.keys.certificateOf(request.signerKeyId));

    const holder = { kind: 'AGENCY', id: agency.code, name: agency.name } as const;
    const key = await this.keys.open(holder, choice);
    const sealed = await this.signer.signAsAgency(signed, key, {
      page: request.signerSlot.page,
      signatureBox: request.signatureBox,
      sealImage: await this.images.get(holder),
      sealDiameterMm: agency.sealDiameterMm,
      at: now,
    });
    await this.checker.assertSound(sealed);
    const stored = await this.objects.put(sealed);

    const document = await this.putOnFile(request, clerk, agency, {
      sha256: stored.sha256,
      bytes: stored.bytes,
      pages: request.pages,
      signature: {
        verdict: await this.checker.verdict(sealed),
        checkedAt: now,
        signers: [
          { name: request.signerName, role: 'person', signedAt: request.signedAt.toISOString() },
          { name: agency.name, role: 'agency', signedAt: now.toISOString() },
        ],
      },
    });
    await this.audit.append({
      event: 'signing.signed-as-agency',
      outcome: 'success',
      service: 'signing',
      documentId: document.id,
      sha256: stored.sha256,
      detail: { requestId: request.id, certificate: key.certificateSha256 },
    });
    return { ...request, state: 'SEALED', currentSha256: stored.sha256, sealedAt: now, documentId: document.id };
  }

  private async putOnFile(
    request: SignedRequest,
    clerk: Principal,
    agency: Agency,
    version: NewVersion,
  ): Promise<DocumentRecord> {
    const type = await this.catalogue.documentType(request.documentTypeCode, request.issuedOn);
    const number = documentNumber(request.number, request.symbol);
    const issued = (key: string, value: string): FieldValue => ({ key, value, source: 'ISSUER', confidence: 1 });
    return this.records.issue(
      {
        typeCode: type.code,
        name: request.title,
        kind: 'result',
        submissionForm: 'E_ORIGINAL',
        custodianAgencyCode: request.agencyCode,
        dossierId: request.dossierId,
        owners: [{ ownerId: request.ownerId, role: 'owner' }],
        version,
      },
      {
        confirmedBy: { accountId: clerk.id, name: clerk.name },
        fields: [
          issued('maLoaiGiayTo', type.code),
          issued('tenGiayTo', type.name),
          issued('soKyHieu', number),
          issued('ngayCap', request.issuedOn),
          issued('coQuanCap', agency.name),
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
