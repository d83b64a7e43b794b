import type { Role } from '../principal.js';

/** A person who may sign in. */
export interface Account {
  readonly id: string;
  readonly username: string;
  /** Full name, as it is printed in signatures and audit entries. */
  readonly name: string;
  readonly roles: readonly Role[];
  /** Undefined for a citizen. */
  readonly agencyCode?: string;
  /** Blind index of the citizen's own personal number; only for citizens. */
  readonly subjectKey?: string;
  /** The first password, set by someone else, must be changed before anything else (FR-83). */
  readonly mustChangePassword: boolean;
  readonly disabled: boolean;
}

export interface NewAccount {
  readonly username: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly agencyCode?: string;
  /** A citizen's own number, 12 digits; only its blind index is kept. */
  readonly personalId?: string;
  readonly password: string;
  /** Default true. */
  readonly mustChangePassword?: boolean;
}

export abstract class Accounts {
  /** @throws DomainError `username-taken`, `password-too-weak`, `personal-id-invalid` */
  abstract create(account: NewAccount): Promise<Account>;
  abstract findById(id: string): Promise<Account | undefined>;
  /** User names are compared without regard to case. */
  abstract findByUsername(username: string): Promise<Account | undefined>;
  /** Accounts in use that have the role, by user name. */
  abstract findByRole(role: Role): Promise<readonly Account[]>;
}
