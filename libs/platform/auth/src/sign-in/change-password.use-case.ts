import { Injectable } from '@nestjs/common';
import { DomainError } from '#kernel';
import { AuditLog } from '#platform/audit';
import { currentContext } from '#platform/observability';
import { TransactionRunner } from '#platform/persistence';
import { StoredAccounts } from '../infrastructure/stored-accounts.js';
import { hashPassword, verifyPassword } from '../password/password-hash.js';
import { requireStrongPassword } from '../password/password-policy.js';

/** Sets a new password and ends every token that was made with the old one. */
@Injectable()
export class ChangePassword {
  constructor(
    private readonly accounts: StoredAccounts,
    private readonly audit: AuditLog,
    private readonly transactions: TransactionRunner,
  ) {}

  /** @throws DomainError `login-failed` (the current password is wrong), `password-too-weak`, `password-unchanged` */
  async execute(input: {
    readonly accountId: string;
    readonly currentPassword: string;
    readonly newPassword: string;
  }): Promise<void> {
    const found = await this.accounts.findCredentialsById(input.accountId);
    const service = currentContext()?.service ?? 'auth';
    if (!found || !(await verifyPassword(input.currentPassword, found.passwordHash))) {
      await this.audit.append({ event: 'password.change', outcome: 'refused', service });
      throw new DomainError('login-failed');
    }
    if (input.newPassword === input.currentPassword) throw new DomainError('password-unchanged');
    requireStrongPassword(input.newPassword);
    const hash = await hashPassword(input.newPassword);
    await this.transactions.run(async () => {
      await this.accounts.setPassword(input.accountId, hash);
      await this.audit.append({ event: 'password.change', outcome: 'success', service });
    });
  }
}
