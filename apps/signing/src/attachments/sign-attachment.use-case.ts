import { readFile } from 'node:fs/promises';
import { Injectable } from '@nestjs/common';
import { Clock, newId } from '#kernel';
import { AuditLog } from '#platform/audit';
import type { Principal } from '#platform/auth';
import { TransactionRunner } from '#platform/persistence';
import { ObjectStore, type ReceivedFile } from '#platform/storage';
import { DocumentSigner } from '../document-signer.js';
import { AttachmentsRepository } from '../infrastructure/attachments.repository.js';
import { SigningRequestsRepository } from '../infrastructure/signing-requests.repository.js';
import { Holders } from '../keys/holders.js';
import { KeyRing } from '../keys/key-ring.js';
import { openUnsigned } from '../requests/open-unsigned.js';
import { assertSealed, documentNumber } from '../requests/signing-request.js';
import { SignatureChecker } from '../verifications/signature-checker.js';
import type { Attachment } from './attachment.js';

/**
 * The clerk signs an attachment in a file of its own with the agency's key. It bears the number of its main document,
 * so that one comes first; no person signs an attachment (Decree 30/2020 App. I, II.8.b).
 */
@Injectable()
export class SignAttachmentUseCase {
  constructor(
    private readonly requests: SigningRequestsRepository,
    private readonly attachments: AttachmentsRepository,
    private readonly transactions: TransactionRunner,
    private readonly holders: Holders,
    private readonly keys: KeyRing,
    private readonly signer: DocumentSigner,
    private readonly checker: SignatureChecker,
    private readonly objects: ObjectStore,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws DomainError `signing-request-not-found`, `main-document-not-sealed`, `pdf-*`, `attachment-already-signed`,
   *   `signing-key-not-found`, `signing-password-required`, `pkcs12-password-wrong`, `signing-certificate-*`,
   *   `signature-slot-unavailable`
   */
  async execute(
    input: { readonly requestId: string; readonly title: string; readonly keyId?: string; readonly password?: string },
    file: ReceivedFile,
    clerk: Principal,
  ): Promise<Attachment> {
    const pdf = await readFile(file.path);
    return this.transactions.run(async () => {
      const request = await this.requests.get(input.requestId, clerk.agencyCode ?? '');
      assertSealed(request);
      const { pageCount } = openUnsigned(pdf, 'attachment-already-signed');

      const number = documentNumber(request.number, request.symbol);
      const now = this.clock.now();
      const key = await this.keys.open(await this.holders.of(clerk, 'AGENCY'), input);
      const signed = await this.signer.signAttachment(pdf, key, { documentNumber: number, at: now });
      await this.checker.assertSound(signed);
      const stored = await this.objects.put(signed);

      const attachment: Attachment = {
        id: newId(),
        requestId: request.id,
        title: input.title,
        documentNumber: number,
        sha256: stored.sha256,
        pages: pageCount,
        signerKeyId: key.id,
        signedBy: clerk.id,
        signedAt: now,
      };
      await this.attachments.insert(attachment);
      await this.audit.append({
        event: 'signing.attachment-signed',
        outcome: 'success',
        service: 'signing',
        documentId: request.documentId,
        sha256: stored.sha256,
        detail: { requestId: request.id, attachmentId: attachment.id, number, certificate: key.certificateSha256 },
      });
      return attachment;
    });
  }
}
