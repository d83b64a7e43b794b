import { DomainError } from '#kernel';
import { type AuditActor, AuditLog, type AuditRecord } from '#platform/audit';
import { TransactionRunner } from '#platform/persistence';
import { Injectable } from '@nestjs/common';
import type { Caller } from './caller.js';

type Facts = Partial<Omit<AuditRecord, 'outcome' | 'service'>>;

/** What is known so far of one access; becomes its audit entry, whether it is granted or refused. */
export interface AccessTrace {
  /** Adds what was learned; `detail` members are merged. */
  add(facts: Facts): void;
  /**
   * Takes the decision and writes the entry in one transaction: no log, no access.
   * @returns what was decided, and the id of the audit entry
   * @throws DomainError `log-unavailable` when the entry cannot be written; then nothing was decided either
   */
  commit<T>(decide: () => Promise<T>): Promise<{ readonly value: T; readonly entryId: string }>;
}

/** Sees to it that every access leaves its trace before the caller learns anything, and every refusal too. */
@Injectable()
export class AccessTrail {
  constructor(
    private readonly audit: AuditLog,
    private readonly transactions: TransactionRunner,
  ) {}

  /**
   * Runs one access. When `work` refuses, what is known is logged as `refused` (or `failed` for a fault of ours) outside
   * the transaction that was rolled back, and the refusal goes on to the caller.
   * @throws DomainError whatever `work` throws, or `log-unavailable` when not even the refusal can be written
   */
  async follow<T>(facts: Facts & { readonly event: string }, work: (trace: AccessTrace) => Promise<T>): Promise<T> {
    let known: Facts & { readonly event: string } = facts;
    const append = (outcome: AuditRecord['outcome'], detail?: Record<string, unknown>): Promise<string> =>
      this.audit.append({ ...known, detail: { ...known.detail, ...detail }, service: 'reuse', outcome });
    const trace: AccessTrace = {
      add: (more) => {
        known = { ...known, ...more, detail: { ...known.detail, ...more.detail } };
      },
      commit: (decide) =>
        this.transactions.run(async () => {
          const value = await decide();
          return { value, entryId: await append('success') };
        }),
    };
    try {
      return await work(trace);
    } catch (error) {
      const code = error instanceof DomainError ? error.code : 'internal-error';
      const refused = error instanceof DomainError && !faultsOfOurs.has(code);
      if (code !== 'log-unavailable') {
        await this.transactions.run(() => append(refused ? 'refused' : 'failed', { code, ...refusalReasons(error) }));
      }
      throw error;
    }
  }
}

const faultsOfOurs = new Set(['internal-error', 'integrity-failed', 'object-not-found', 'service-unavailable']);

const refusalReasons = (error: unknown): { reasons?: readonly string[] } =>
  error instanceof DomainError && error.details.length > 0
    ? { reasons: error.details.map((detail) => detail.code) }
    : {};

/** The acting person for the log: the account itself, or the person a system names, with the system beside. */
export const auditActor = ({
  principal,
  actor,
}: Caller & { readonly actor: { readonly agencyCode?: string } }): {
  actor?: AuditActor;
  agencyCode?: string;
  detail?: Record<string, unknown>;
} =>
  principal.kind === 'account'
    ? { agencyCode: principal.agencyCode }
    : {
        actor: { kind: 'client', id: actor.id, name: actor.name, role: 'procedure-system' },
        agencyCode: actor.agencyCode ?? principal.agencyCode,
        detail: { clientId: principal.id },
      };
