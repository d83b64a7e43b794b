import { Injectable } from '@nestjs/common';
import { Clock, DomainError, sha256Hex } from '#kernel';
import { AuditLog } from '#platform/audit';
import { Settings } from '#platform/config';
import { currentContext } from '#platform/observability';
import { TransactionRunner } from '#platform/persistence';
import type { Account } from '../accounts/accounts.port.js';
import { StoredAccounts } from '../infrastructure/stored-accounts.js';
import { hashPassword, verifyPassword } from '../password/password-hash.js';
import { AccessTokens, type IssuedToken } from '../tokens/access-tokens.js';

/** Exchanges a user name and a password for an access token. Every try is audited; several failures lock the account. */
@Injectable()
export class SignIn {
  // Checked for user names that do not exist, so that they take as long to refuse as those that do.
  private readonly nobody = hashPassword('the password of nobody');

  constructor(
    private readonly accounts: StoredAccounts,
    private readonly tokens: AccessTokens,
    private readonly audit: AuditLog,
    private readonly transactions: TransactionRunner,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `login-failed`, `account-locked`, `account-disabled`, `log-unavailable` */
  async execute(input: {
    readonly username: string;
    readonly password: string;
  }): Promise<IssuedToken & { readonly account: Account }> {
    const found = await this.accounts.findCredentials(input.username);
    if (!found) {
      await verifyPassword(input.password, await this.nobody);
      // The name may be a password typed into the wrong field, so only its hash is kept.
      await this.record('login.failed', 'refused', undefined, {
        reason: 'UNKNOWN_USERNAME',
        usernameHash: sha256Hex(input.username.toLowerCase()),
      });
      throw new DomainError('login-failed');
    }
    const { account, passwordHash, lockedUntil, tokenEpoch } = found;
    const now = this.clock.now();
    if (lockedUntil && lockedUntil > now) {
      await this.record('login.failed', 'refused', account, { reason: 'LOCKED' });
      throw this.locked(lockedUntil, now);
    }
    if (!(await verifyPassword(input.password, passwordHash))) {
      const until = new Date(now.getTime() + this.settings.loginLockMinutes * 60_000);
      const isLocked = await this.transactions.run(async () => {
        const locked = await this.accounts.countFailure(account.id, this.settings.loginFailuresAllowed, until);
        await this.record('login.failed', 'refused', account, { reason: 'WRONG_PASSWORD' });
        if (locked) await this.record('account.locked', 'success', account, { until: until.toISOString() });
        return locked;
      });
      throw isLocked ? this.locked(until, now) : new DomainError('login-failed');
    }
    if (account.disabled) {
      await this.record('login.failed', 'refused', account, { reason: 'DISABLED' });
      throw new DomainError('account-disabled');
    }
    await this.transactions.run(async () => {
      await this.accounts.clearFailures(account.id);
      await this.record('login.succeeded', 'success', account);
    });
    return { ...(await this.tokens.forAccount(account, tokenEpoch)), account };
  }

  private locked(until: Date, now: Date): DomainError {
    const seconds = Math.max(1, Math.ceil((until.getTime() - now.getTime()) / 1000));
    return new DomainError('account-locked', { minutes: Math.ceil(seconds / 60), retryAfterSeconds: seconds });
  }

  private async record(
    event: string,
    outcome: 'success' | 'refused',
    account: Account | undefined,
    detail?: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    await this.audit.append({
      event,
      outcome,
      service: currentContext()?.service ?? 'auth',
      actor: account
        ? { kind: 'account', id: account.id, name: account.name, role: account.roles[0] }
        : { kind: 'system', id: 'anonymous' },
      agencyCode: account?.agencyCode,
      detail,
    });
  }
}
