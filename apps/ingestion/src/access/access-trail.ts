import { DomainError } from '#kernel';
import { AuditLog, type AuditRecord } from '#platform/audit';
import { TransactionRunner } from '#platform/persistence';
import { Injectable } from '@nestjs/common';

/** What an audit entry says besides who, when and how it ended. */
export type AccessFacts = Omit<AuditRecord, 'outcome' | 'service' | 'actor'>;

/** Every access leaves its entry before the caller learns anything; every refusal leaves one too (FR-79). */
@Injectable()
export class AccessTrail {
  constructor(
    private readonly audit: AuditLog,
    private readonly transactions: TransactionRunner,
  ) {}

  /** Writes the entry of an access into the running transaction. @throws DomainError `log-unavailable` */
  async granted(facts: AccessFacts): Promise<void> {
    await this.audit.append({ ...facts, service: 'ingestion', outcome: 'success' });
  }

  /**
   * Runs `work` and the entry in one transaction of its own: both are kept or neither.
   * @throws DomainError what `work` throws, after the refusal was logged; `log-unavailable`
   */
  async record<T>(facts: AccessFacts, work: () => Promise<T>): Promise<T> {
    try {
      return await this.transactions.run(async () => {
        const result = await work();
        await this.granted(facts);
        return result;
      });
    } catch (error) {
      await this.refused(facts, error);
      throw error;
    }
  }

  /** Logs a refusal on its own, for what was decided outside a transaction. */
  async refused(facts: AccessFacts, error: unknown): Promise<void> {
    if (!(error instanceof DomainError) || error.code === 'log-unavailable') return;
    await this.audit.append({
      ...facts,
      service: 'ingestion',
      outcome: 'refused',
      detail: { ...facts.detail, code: error.code, reasons: error.details.map((detail) => detail.code) },
    });
  }
}
