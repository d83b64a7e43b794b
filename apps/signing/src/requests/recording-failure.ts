import { type Clock, DomainError } from '#kernel';
import type { TransactionRunner } from '#platform/persistence';
import type { SigningRequestsRepository } from '../infrastructure/signing-requests.repository.js';

/** Refusals that say nothing about the document: the caller made a mistake, nobody has to be told. */
const notAFailure: ReadonlySet<string> = new Set([
  'signing-request-not-found',
  'signing-state-conflict',
  'not-the-signer',
]);

/**
 * A signature that could not be made leaves the document unchanged and its reason on the request, so that the one who
 * waits sees why (FR-53). The work has its own transaction, which is gone by the time the reason is written.
 */
export async function recordingFailure<T>(
  requests: SigningRequestsRepository,
  transactions: TransactionRunner,
  clock: Clock,
  requestId: string,
  agencyCode: string,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const failureCode = error instanceof DomainError ? error.code : 'internal-error';
    if (!notAFailure.has(failureCode)) {
      await transactions.run(async () => {
        const request = await requests.getForUpdate(requestId, agencyCode);
        await requests.update({ ...request, failureCode, failedAt: clock.now() });
      });
    }
    throw error;
  }
}
