import type { DataSource, EntityManager } from 'typeorm';
import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * One unit of work. Repositories ask for `manager` and thereby join the transaction of the use case that called them,
 * without a transaction object in every signature.
 */
export class TransactionRunner {
  private readonly current = new AsyncLocalStorage<{
    manager: EntityManager;
    afterCommit: (() => Promise<void> | void)[];
  }>();

  constructor(private readonly dataSource: DataSource) {}

  /** The manager of the running transaction, or one that commits statement by statement. */
  get manager(): EntityManager {
    return this.current.getStore()?.manager ?? this.dataSource.manager;
  }

  /** Runs `work` in a transaction; joins the outer one when there is one. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.current.getStore()) return work();
    const afterCommit: (() => Promise<void> | void)[] = [];
    const result = await this.dataSource.transaction((manager) => this.current.run({ manager, afterCommit }, work));
    for (const effect of afterCommit) await effect();
    return result;
  }

  /** Registers an effect that must not happen if the transaction fails (handing a job to the queue). Runs at once outside a transaction. */
  async afterCommit(effect: () => Promise<void> | void): Promise<void> {
    const store = this.current.getStore();
    if (store) store.afterCommit.push(effect);
    else await effect();
  }
}
