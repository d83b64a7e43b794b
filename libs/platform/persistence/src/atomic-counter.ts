import type { TransactionRunner } from './transaction-runner.js';

/**
 * Numbers without gaps (document codes, dossier codes, yearly numbers of decisions): the row stays locked until the
 * running transaction ends, so a number that is rolled back is given to the next caller. A sequence would leave a hole.
 */
export class AtomicCounter {
  constructor(private readonly transactions: TransactionRunner) {}

  /**
   * The next number, from 1. Call it as late as possible in a transaction: callers of the same scope and key wait for each other.
   * @param scope what is counted, e.g. `document-number`
   * @param key the series, e.g. `H27.05.12/2026`
   */
  async next(scope: string, key: string): Promise<number> {
    const rows: { value: string }[] = await this.transactions.manager.query(
      `INSERT INTO platform.counter AS counter (scope, key, value) VALUES ($1, $2, 1)
       ON CONFLICT (scope, key) DO UPDATE SET value = counter.value + 1 RETURNING value`,
      [scope, key],
    );
    return Number(rows[0]?.value);
  }
}
