import { Injectable, Logger } from '@nestjs/common';
import { Clock, DomainError } from '#kernel';
import { AuditLog } from '#platform/audit';
import { currentContext } from '#platform/observability';
import { TransactionRunner } from '#platform/persistence';
import { SigningRequestsRepository } from '../infrastructure/signing-requests.repository.js';
import type { SigningRequest } from './signing-request.js';

/**
 * One try at signing or sealing, all or nothing: the request is locked, the work is one transaction, and when it fails
 * the document is what it was, with the reason on the request for the one who waits (FR-53).
 */
@Injectable()
export class SigningAttempt {
  private readonly logger = new Logger(SigningAttempt.name);

  constructor(
    private readonly requests: SigningRequestsRepository,
    private readonly transactions: TransactionRunner,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /**
   * @param assertAllowed refuses a caller or a moment; such a refusal says nothing about the document and is not recorded
   * @param work makes the next state of the request; what it throws is recorded and thrown on
   */
  async run(
    wanted: { readonly requestId: string; readonly agencyCode: string },
    assertAllowed: (request: SigningRequest) => void,
    work: (request: SigningRequest) => Promise<SigningRequest>,
  ): Promise<SigningRequest> {
    let begun: SigningRequest | undefined;
    try {
      return await this.transactions.run(async () => {
        const request = await this.requests.getForUpdate(wanted.requestId, wanted.agencyCode);
        assertAllowed(request);
        begun = request;
        const next = { ...(await work(request)), failure: undefined };
        await this.requests.update(next);
        return next;
      });
    } catch (error) {
      if (begun) await this.record(begun, error);
      throw error;
    }
  }

  private async record(attempted: SigningRequest, error: unknown): Promise<void> {
    const requestId = currentContext()?.requestId;
    const known = error instanceof DomainError ? error : new DomainError('internal-error', { requestId });
    const failure = { code: known.code, params: known.params, at: this.clock.now() };
    try {
      await this.transactions.run(async () => {
        const request = await this.requests.getForUpdate(attempted.id, attempted.agencyCode);
        // Somebody else has succeeded since: the failure is no news any more.
        if (request.state !== attempted.state) return;
        await this.requests.update({ ...request, failure });
        await this.audit.append({
          event: 'signing.failed',
          outcome: 'failed',
          service: 'signing',
          sha256: request.currentSha256,
          detail: { requestId: request.id, state: request.state, code: failure.code },
        });
      });
    } catch (cause) {
      // The caller is told the first error, which explains more than this one.
      this.logger.error({ msg: 'signing failure not recorded', err: cause });
    }
  }
}
