import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { applicationRole, ensureDatabase, ensureRoles, ownerRole, type RolePasswords } from '../database-roles.js';
import { freePort } from '../free-port.js';
import { isProcessAlive } from '../is-process-alive.js';
import { findPostgresBinaries } from './postgres-binaries.js';
import { giveToServer, runAsServer } from './server-account.js';

const database = 'khoso';
const superuser = 'postgres';

export interface EmbeddedPostgresOptions {
  /** The cluster is `<dataDir>/postgres`, its passwords `<dataDir>/secrets/postgres.json` (0600). */
  readonly dataDir: string;
  /** Server settings, e.g. `{ fsync: 'off' }` for tests; never loosened by default. */
  readonly settings?: Readonly<Record<string, string>>;
}

export interface EmbeddedPostgres {
  /** For migrations. */
  readonly ownerUrl: string;
  /** For the services. */
  readonly appUrl: string;
  /** For making and dropping databases, in tests and tools only. */
  readonly superuserUrl: string;
  /** Whether a server left by a killed process was taken over instead of started. */
  readonly adopted: boolean;
  /** Stops the server; leaves it alone when it belongs to another process that still runs. */
  stop(): Promise<void>;
}

interface Passwords extends RolePasswords {
  readonly superuser: string;
}

/**
 * Starts the PostgreSQL of a data folder, making the cluster, the two roles and the database on first use. The server
 * survives a killed parent; the next call finds it by its postmaster.pid and takes it over, or stops it if it does not answer.
 * Listens on 127.0.0.1 only, on a free port. Root runs it as another user (see `serverAccount`).
 */
export const startEmbeddedPostgres = async ({
  dataDir,
  settings = {},
}: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> => {
  const cluster = join(resolve(dataDir), 'postgres');
  const binaries = await findPostgresBinaries();
  await mkdir(resolve(dataDir), { recursive: true });
  const passwords = await loadPasswords(join(resolve(dataDir), 'secrets'));
  await initialiseOnce(binaries.initdb, cluster, passwords.superuser);

  let port = await portOfLivingServer(cluster, passwords.superuser);
  const adopted = port !== undefined;
  if (port === undefined) {
    await stopServer(binaries.pgCtl, cluster);
    port = await freePort();
    const options = Object.entries({ port: String(port), ...settings }).map(([name, value]) => `-c ${name}=${value}`);
    const log = join(cluster, 'server.log');
    await runAsServer(
      binaries.pgCtl,
      ['start', '-D', cluster, '-w', '-t', '120', '-l', log, '-o', options.join(' ')],
      [cluster],
    );
  }

  const urlOf = (user: string, password: string, name: string): string =>
    `postgresql://${user}:${password}@127.0.0.1:${port}/${name}`;
  const superuserUrl = urlOf(superuser, passwords.superuser, 'postgres');
  await withClient(superuserUrl, async (client) => {
    await ensureRoles(client, passwords);
    await ensureDatabase(client, database);
  });

  const owner = join(cluster, 'khoso.owner');
  const guest = adopted && (await isHeldByAnother(owner));
  if (!guest) await writeFile(owner, String(process.pid));
  return {
    ownerUrl: urlOf(ownerRole, passwords.owner, database),
    appUrl: urlOf(applicationRole, passwords.app, database),
    superuserUrl,
    adopted,
    stop: async () => {
      if (guest) return;
      await stopServer(binaries.pgCtl, cluster);
      await rm(owner, { force: true });
    },
  };
};

const withClient = async <T>(connectionString: string, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};

const loadPasswords = async (folder: string): Promise<Passwords> => {
  const path = join(folder, 'postgres.json');
  const known = await readFile(path, 'utf8').catch(() => undefined);
  if (known !== undefined) return JSON.parse(known) as Passwords;
  const random = (): string => randomBytes(24).toString('hex');
  const passwords: Passwords = { superuser: random(), owner: random(), app: random() };
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(path, JSON.stringify(passwords), { mode: 0o600, flag: 'wx' });
  return passwords;
};

const exists = (path: string): Promise<boolean> =>
  readFile(path).then(
    () => true,
    () => false,
  );

// initdb works in a folder that gets its name only when complete, so a start that was interrupted is simply begun again.
const initialiseOnce = async (initdb: string, cluster: string, password: string): Promise<void> => {
  if (await exists(join(cluster, 'PG_VERSION'))) return;
  const draft = `${cluster}.new`;
  const passwordFile = `${cluster}.password`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { mode: 0o700 });
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  await giveToServer(draft);
  await giveToServer(passwordFile);
  try {
    await runAsServer(
      initdb,
      [
        `--pgdata=${draft}`,
        `--username=${superuser}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        // The same order and case rules on every machine, whatever locales its system has.
        '--locale=C',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--data-checksums',
        ...Object.entries({
          listen_addresses: '127.0.0.1',
          unix_socket_directories: '',
          max_connections: '200',
          timezone: 'UTC',
          log_timezone: 'UTC',
        }).flatMap(([name, value]) => ['--set', `${name}=${value}`]),
      ],
      [draft, passwordFile],
    );
    await rename(draft, cluster);
  } finally {
    await rm(passwordFile, { force: true });
  }
};

/** Port of a server that answers, with our password, for this very folder. */
const portOfLivingServer = async (cluster: string, password: string): Promise<number | undefined> => {
  const pidFile = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => undefined);
  const port = Number(pidFile?.split('\n')[3]);
  if (!Number.isInteger(port) || port <= 0) return undefined;
  try {
    return await withClient(`postgresql://${superuser}:${password}@127.0.0.1:${port}/postgres`, async (client) => {
      const shown = await client.query<{ data_directory: string }>('SHOW data_directory');
      return shown.rows[0]?.data_directory === cluster ? port : undefined;
    });
  } catch {
    // Not ours, starting, stopping or hung: the caller stops it by its pid file and starts afresh.
    return undefined;
  }
};

const stopServer = async (pgCtl: string, cluster: string): Promise<void> => {
  if (!(await exists(join(cluster, 'postmaster.pid')))) return;
  try {
    await runAsServer(pgCtl, ['stop', '-D', cluster, '-m', 'fast', '-w', '-t', '60'], [cluster]);
  } catch (error) {
    // A pid file left by a crash names no living server; `pg_ctl start` clears it away.
    if (!/No such process|PID file .* does not exist|not running/i.test(String(error))) throw error;
  }
};

const isHeldByAnother = async (owner: string): Promise<boolean> => {
  const pid = Number(await readFile(owner, 'utf8').catch(() => ''));
  return Number.isInteger(pid) && pid > 0 && pid !== process.pid && isProcessAlive(pid);
};
