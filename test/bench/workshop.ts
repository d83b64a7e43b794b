import { spawn } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import {
  type EmbeddedPostgres,
  ensureDatabase,
  freePort,
  type IdentifierKeys,
  type PersistencePart,
  runMigrations,
  startEmbeddedPostgres,
} from '#platform/persistence';
import pg from 'pg';

export interface BenchDatabase {
  /** As the application role. */
  readonly url: string;
  readonly ownerUrl: string;
  readonly superuserUrl: string;
}

// As durable as in production; only what would make a million rows in one go a test of checkpoints is raised.
export const serverSettings = { max_wal_size: '4GB', shared_buffers: '256MB', max_connections: '200' } as const;

const compiled = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** A throw-away folder with a database server in it, and everything that was started there; gone when closed. */
export class Workshop {
  readonly identifierKeys: IdentifierKeys = { index: randomBytes(32), encryption: randomBytes(32) };
  /** What was started, by name, with its version. */
  readonly servers: Record<string, string> = {};
  private readonly undoing: (() => Promise<unknown>)[] = [];
  private server?: Promise<EmbeddedPostgres>;
  private closing?: Promise<void>;

  private constructor(
    readonly folder: string,
    /** Whether a look that all benches run is enough. */
    readonly quick: boolean,
    /** Says what is going on. */
    readonly say: (text: string) => void,
  ) {}

  static async open(options: { readonly quick: boolean; readonly say: (text: string) => void }): Promise<Workshop> {
    return new Workshop(await mkdtemp(join(tmpdir(), 'khoso-bench-')), options.quick, options.say);
  }

  /** Registers what has to be stopped in the end, the last first. */
  onClose(undo: () => Promise<unknown>): void {
    this.undoing.push(undo);
  }

  /** Stops and deletes all of it; once, however often it is called. */
  close(): Promise<void> {
    return (this.closing ??= this.closeAll());
  }

  /** A fresh database with the tables of the parts. */
  async database(name: string, parts: readonly PersistencePart[]): Promise<BenchDatabase> {
    const server = await (this.server ??= this.startServer());
    const at = (url: string): string => url.replace(/\/[^/]*$/, `/${name}`);
    const admin = new pg.Client({ connectionString: server.superuserUrl });
    await admin.connect();
    try {
      const { rows } = await admin.query<{ server_version: string }>('SHOW server_version');
      this.servers.PostgreSQL = rows[0]?.server_version ?? 'unknown';
      await ensureDatabase(admin, name);
    } finally {
      await admin.end();
    }
    const ownerUrl = at(server.ownerUrl);
    await runMigrations({ ownerUrl, parts });
    return { url: at(server.appUrl), ownerUrl, superuserUrl: at(server.superuserUrl) };
  }

  /** Settings of a service on a database of this workshop. */
  environment(database: BenchDatabase, changes: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
    return {
      DATABASE_URL: database.url,
      DATA_DIR: join(this.folder, 'data'),
      CONFIG_DIR: 'config',
      METRICS_PORT: '0',
      LOG_LEVEL: 'error',
      DEVELOPMENT_MODE: 'false',
      ACCESS_TOKEN_MINUTES: '120',
      IDENTIFIER_INDEX_KEY: Buffer.from(this.identifierKeys.index).toString('hex'),
      IDENTIFIER_ENCRYPTION_KEY: Buffer.from(this.identifierKeys.encryption).toString('hex'),
      TOKEN_SIGNING_KEY: this.tokenSigningKey,
      ...changes,
    };
  }

  /**
   * A service in a process of its own, so that the caller's work is not taken from the service's thread.
   * @param program path below `dist`
   * @returns its address, once it is ready
   */
  async serve(program: string, env: NodeJS.ProcessEnv): Promise<{ readonly url: string; stop(): Promise<void> }> {
    const port = await freePort();
    // A group of its own: Ctrl-C reaches this process alone, which stops the service before the database.
    const child = spawn(process.execPath, [compiled(program)], {
      env: { PATH: process.env.PATH, ...env, PORT: String(port) },
      stdio: ['ignore', 'ignore', 'inherit'],
      detached: true,
    });
    const exited = once(child, 'exit');
    let ended = false;
    void exited.then(() => (ended = true));
    const stop = async (): Promise<void> => {
      if (!ended) child.kill('SIGTERM');
      await exited;
    };
    this.onClose(stop);
    const url = `http://127.0.0.1:${port}`;
    for (;;) {
      if (ended) throw new Error(`${program} ended before it was ready`);
      const ready = await fetch(`${url}/health/ready`).catch(() => undefined);
      await ready?.body?.cancel();
      if (ready?.ok) return { url, stop };
      await sleep(100);
    }
  }

  private readonly tokenSigningKey = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString();

  private async startServer(): Promise<EmbeddedPostgres> {
    const server = await startEmbeddedPostgres({ dataDir: join(this.folder, 'server'), settings: serverSettings });
    this.onClose(() => server.stop());
    return server;
  }

  private async closeAll(): Promise<void> {
    // A database that is being made is waited for: it would outlive this process otherwise.
    await this.server?.catch(() => undefined);
    for (const undo of this.undoing.reverse()) await undo().catch((error: unknown) => this.say(`  ${String(error)}`));
    await rm(this.folder, { recursive: true, force: true });
  }
}
