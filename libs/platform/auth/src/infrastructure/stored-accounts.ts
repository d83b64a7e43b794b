import { Injectable } from '@nestjs/common';
import { Clock, DomainError, newId, PersonalId } from '#kernel';
import { IdentifierProtection, TransactionRunner } from '#platform/persistence';
import { ArrayContains, IsNull } from 'typeorm';
import { type Account, Accounts, type NewAccount } from '../accounts/accounts.port.js';
import { hashPassword } from '../password/password-hash.js';
import { requireStrongPassword } from '../password/password-policy.js';
import type { Role } from '../principal.js';
import { AccountEntity } from './account.entity.js';

/** What sign-in needs to know beside the account itself. */
export interface Credentials {
  readonly account: Account;
  readonly passwordHash: string;
  readonly lockedUntil?: Date;
  readonly tokenEpoch: number;
}

const toAccount = (row: AccountEntity): Account => ({
  id: row.id,
  username: row.username,
  name: row.name,
  roles: row.roles,
  agencyCode: row.agencyCode ?? undefined,
  subjectKey: row.subjectKey ?? undefined,
  mustChangePassword: row.mustChangePassword,
  disabled: row.disabledAt !== null,
});

const toCredentials = (row: AccountEntity): Credentials => ({
  account: toAccount(row),
  passwordHash: row.passwordHash,
  lockedUntil: row.lockedUntil ?? undefined,
  tokenEpoch: row.tokenEpoch,
});

/** Accounts in PostgreSQL, with the part of them that only sign-in may see. */
@Injectable()
export class StoredAccounts extends Accounts {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly protection: IdentifierProtection,
    private readonly clock: Clock,
  ) {
    super();
  }

  override async create(input: NewAccount): Promise<Account> {
    requireStrongPassword(input.password);
    const personalId = input.personalId === undefined ? undefined : PersonalId.parse(input.personalId);
    const username = input.username.toLowerCase();
    const row: AccountEntity = {
      id: newId(),
      username,
      name: input.name,
      roles: [...input.roles],
      agencyCode: input.agencyCode ?? null,
      // The same index as an owner's main identifier has, so that a citizen's account finds the citizen's documents.
      subjectKey: personalId ? this.protection.blindIndex('PERSON_PIN', personalId.value) : null,
      passwordHash: await hashPassword(input.password),
      mustChangePassword: input.mustChangePassword ?? true,
      failures: 0,
      lockedUntil: null,
      tokenEpoch: 0,
      disabledAt: null,
      createdAt: this.clock.now(),
    };
    const inserted = await this.rows.createQueryBuilder().insert().values(row).orIgnore().returning('id').execute();
    if ((inserted.raw as unknown[]).length === 0) throw new DomainError('username-taken', { username });
    return toAccount(row);
  }

  override async findById(id: string): Promise<Account | undefined> {
    const row = await this.rows.findOneBy({ id });
    return row ? toAccount(row) : undefined;
  }

  override async findByUsername(username: string): Promise<Account | undefined> {
    return (await this.findCredentials(username))?.account;
  }

  override async findByRole(role: Role): Promise<readonly Account[]> {
    const rows = await this.rows.find({
      where: { roles: ArrayContains([role]), disabledAt: IsNull() },
      order: { username: 'ASC' },
    });
    return rows.map(toAccount);
  }

  async findCredentials(username: string): Promise<Credentials | undefined> {
    const row = await this.rows.findOneBy({ username: username.toLowerCase() });
    return row ? toCredentials(row) : undefined;
  }

  async findCredentialsById(id: string): Promise<Credentials | undefined> {
    const row = await this.rows.findOneBy({ id });
    return row ? toCredentials(row) : undefined;
  }

  /**
   * Counts one more wrong password, and locks when that makes `allowed`. Done in one statement, so that guesses sent at
   * the same moment are all counted.
   * @returns whether the account is locked now
   */
  async countFailure(id: string, allowed: number, lockedUntil: Date): Promise<boolean> {
    const counted = await this.rows
      .createQueryBuilder()
      .update()
      .set({
        failures: () => 'CASE WHEN failures + 1 >= :allowed THEN 0 ELSE failures + 1 END',
        lockedUntil: () => 'CASE WHEN failures + 1 >= :allowed THEN :lockedUntil::timestamptz ELSE locked_until END',
      })
      .where('id = :id', { id })
      .setParameters({ allowed, lockedUntil })
      .returning('locked_until')
      .execute();
    const [row] = counted.raw as { locked_until: Date | null }[];
    return row?.locked_until?.getTime() === lockedUntil.getTime();
  }

  async clearFailures(id: string): Promise<void> {
    await this.rows.update({ id }, { failures: 0, lockedUntil: null });
  }

  /** Ends all tokens of the account. */
  async setPassword(id: string, passwordHash: string): Promise<void> {
    await this.rows.update(
      { id },
      { passwordHash, mustChangePassword: false, failures: 0, lockedUntil: null, tokenEpoch: () => 'token_epoch + 1' },
    );
  }

  private get rows() {
    return this.transactions.manager.getRepository(AccountEntity);
  }
}
