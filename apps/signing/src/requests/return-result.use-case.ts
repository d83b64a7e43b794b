import { Injectable } from '@nestjs/common';
import { Clock } from '#kernel';
import { Records } from '#domain/records';
import { AuditLog } from '#platform/audit';
import type { Principal } from '#platform/auth';
import { TransactionRunner } from '#platform/persistence';
import { SigningRequestsRepository } from '../infrastructure/signing-requests.repository.js';
import { assertCanBecome, type SigningRequest } from './signing-request.js';

/** The result is handed to the applicant: from now on its owner sees it and other procedures may reuse it (FR-34). */
@Injectable()
export class ReturnResultUseCase {
  constructor(
    private readonly requests: SigningRequestsRepository,
    private readonly transactions: TransactionRunner,
    private readonly records: Records,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `signing-state-conflict` */
  async execute(requestId: string, principal: Principal): Promise<SigningRequest> {
    return this.transactions.run(async () => {
      const request = await this.requests.getForUpdate(requestId, principal.agencyCode ?? '');
      assertCanBecome(request, 'RETURNED');
      if (request.documentId) await this.records.markReturned(request.documentId);
      const next: SigningRequest = { ...request, state: 'RETURNED', returnedAt: this.clock.now() };
      await this.requests.update(next);
      await this.audit.append({
        event: 'signing.result-returned',
        outcome: 'success',
        service: 'signing',
        documentId: request.documentId,
        sha256: request.currentSha256,
        detail: { requestId },
      });
      return next;
    });
  }
}
