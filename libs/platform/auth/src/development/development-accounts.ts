import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Settings } from '#platform/config';
import { TransactionRunner } from '#platform/persistence';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Accounts } from '../accounts/accounts.port.js';
import { Clients } from '../clients/clients.port.js';
import { randomPassword } from '../password/random-password.js';
import type { Role } from '../principal.js';

interface Seed {
  readonly accounts: readonly {
    readonly username: string;
    readonly name: string;
    readonly roles: readonly Role[];
    readonly agencyCode?: string;
    readonly personalId?: string;
  }[];
  readonly client: {
    readonly id: string;
    readonly name: string;
    readonly agencyCode: string;
    readonly scopes: readonly string[];
  };
}

/** What `development-logins.json` holds: the only copy of the passwords. */
interface Logins {
  accounts: { username: string; password: string; name: string; roles: readonly Role[]; agencyCode?: string }[];
  client?: { id: string; secret: string };
}

// Any constant no other program of the database uses: one process seeds at a time.
const seedLock = 7_204_115_101;

/** Accounts and an API client to try the product with, each with a random password. Only in development mode. */
@Injectable()
export class DevelopmentAccounts implements OnModuleInit {
  private readonly logger = new Logger(DevelopmentAccounts.name);

  constructor(
    private readonly accounts: Accounts,
    private readonly clients: Clients,
    private readonly transactions: TransactionRunner,
    private readonly settings: Settings,
  ) {}

  /** Before any `onApplicationBootstrap`, so that what is seeded there (a development PKI) finds the accounts. */
  async onModuleInit(): Promise<void> {
    if (this.settings.developmentMode && this.settings.role !== 'worker') await this.seed();
  }

  /** Creates what `config/development/accounts.json` names and the database lacks. Idempotent. */
  async seed(): Promise<void> {
    const seed = JSON.parse(
      await readFile(join(this.settings.configDir, 'development', 'accounts.json'), 'utf8'),
    ) as Seed;
    const path = join(this.settings.dataDir, 'secrets', 'development-logins.json');
    await this.transactions.run(async () => {
      await this.transactions.manager.query('SELECT pg_advisory_xact_lock($1)', [seedLock]);
      const logins = await this.read(path);
      const known = structuredClone(logins);
      for (const account of seed.accounts) {
        if (await this.accounts.findByUsername(account.username)) continue;
        const password = randomPassword();
        await this.accounts.create({ ...account, password, mustChangePassword: false });
        const { personalId: _, ...shown } = account;
        logins.accounts = [
          ...logins.accounts.filter(({ username }) => username !== account.username),
          { ...shown, password },
        ];
      }
      if (!(await this.clients.findById(seed.client.id))) {
        const { client, secret } = await this.clients.create(seed.client);
        logins.client = { id: client.id, secret };
      }
      if (JSON.stringify(known) === JSON.stringify(logins)) return;
      // Before the commit: an account whose password nobody knows would be worse than a password without an account.
      await this.write(path, logins);
      this.logger.log({ msg: 'development accounts created', path });
    });
  }

  private async read(path: string): Promise<Logins> {
    const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    return text === undefined ? { accounts: [] } : (JSON.parse(text) as Logins);
  }

  private async write(path: string, logins: Logins): Promise<void> {
    await mkdir(join(path, '..'), { recursive: true, mode: 0o700 });
    await writeFile(`${path}.new`, `${JSON.stringify(logins, undefined, 2)}\n`, { mode: 0o600 });
    await rename(`${path}.new`, path);
  }
}
