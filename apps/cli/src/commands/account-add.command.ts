import { SystemClock } from '#kernel';
import { auditPersistence, PostgresAuditLog } from '#platform/audit';
import { authPersistence, randomPassword, type Role, roles, StoredAccounts } from '#platform/auth';
import { IdentifierProtection, TransactionRunner } from '#platform/persistence';
import { bold, say } from '../terminal.js';
import { type DatabaseOptions, withDatabase } from './database.js';

export interface AccountAddOptions extends DatabaseOptions {
  readonly name: string;
  readonly role: readonly string[];
  readonly agency: string;
}

/** An official's account holds no personal number, so this command needs no keys. */
class NoIdentifiers extends IdentifierProtection {
  override blindIndex = this.refuse;
  override encrypt = this.refuse;
  override decrypt = this.refuse;

  private refuse(): never {
    throw new Error('An account of an official has no personal number.');
  }
}

const isStaffRole = (role: string): role is Role => role !== 'citizen' && (roles as readonly string[]).includes(role);

/**
 * Creates an official's account with a first password that must be changed: how a new installation gets its first
 * administrator, who makes the others through the API.
 * @returns exit code: 0 created, 2 no such role
 */
export async function accountAdd(username: string, options: AccountAddOptions): Promise<number> {
  const held = options.role.filter(isStaffRole);
  if (held.length !== options.role.length) {
    say(`A role is one of: ${roles.filter(isStaffRole).join(', ')}.`);
    return 2;
  }
  const password = randomPassword();
  await withDatabase(options, [authPersistence, auditPersistence], async (dataSource) => {
    const transactions = new TransactionRunner(dataSource);
    const clock = new SystemClock();
    const accounts = new StoredAccounts(transactions, new NoIdentifiers(), clock);
    await transactions.run(async () => {
      const { id } = await accounts.create({
        username,
        name: options.name,
        roles: held,
        agencyCode: options.agency,
        password,
      });
      await new PostgresAuditLog(transactions, clock).append({
        event: 'account.created',
        outcome: 'success',
        service: 'auth',
        actor: { kind: 'system', id: 'khoso account add' },
        detail: { accountId: id, roles: held },
      });
    });
  });
  say(`Account ${bold(username)} (${held.join(', ')}, ${options.agency}) created.`);
  say(`First password, shown once and to be changed at the first sign-in: ${bold(password)}`);
  return 0;
}
