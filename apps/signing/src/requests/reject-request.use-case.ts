import { Injectable } from '@nestjs/common';
import { DomainError } from '#kernel';
import { AuditLog } from '#platform/audit';
import type { Principal } from '#platform/auth';
import { TransactionRunner } from '#platform/persistence';
import { SigningRequestsRepository } from '../infrastructure/signing-requests.repository.js';
import { assertCanBecome, type SigningRequest } from './signing-request.js';

/** The signer sends a draft back with a reason; it takes no number. */
@Injectable()
export class RejectRequestUseCase {
  constructor(
    private readonly requests: SigningRequestsRepository,
    private readonly transactions: TransactionRunner,
    private readonly audit: AuditLog,
  ) {}

  /** @throws DomainError `not-the-signer`, `signing-state-conflict` */
  async execute(
    input: { readonly requestId: string; readonly reason: string },
    principal: Principal,
  ): Promise<SigningRequest> {
    return this.transactions.run(async () => {
      const request = await this.requests.getForUpdate(input.requestId, principal.agencyCode ?? '');
      if (request.signerId !== principal.id) throw new DomainError('not-the-signer');
      assertCanBecome(request, 'REJECTED');
      const next: SigningRequest = { ...request, state: 'REJECTED', rejectionReason: input.reason };
      await this.requests.update(next);
      await this.audit.append({
        event: 'signing.rejected',
        outcome: 'success',
        service: 'signing',
        detail: { requestId: request.id },
      });
      return next;
    });
  }
}
