import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export interface DevelopmentLogins {
  readonly accounts: readonly {
    readonly username: string;
    readonly password: string;
    readonly name: string;
    readonly roles: readonly string[];
    readonly agencyCode?: string;
  }[];
  readonly client: { readonly id: string; readonly secret: string };
}

/** The three services in one process on embedded defaults, started as a child and stopped with it. */
export class StandaloneProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
    readonly dataDir: string,
    readonly logFile: string,
  ) {}

  /**
   * Starts the server and waits until it is ready.
   * @param root folder of the installed product, where `dist` and `config` are
   */
  static async start(
    root: string,
    options: { dataDir: string; port: number; env?: NodeJS.ProcessEnv },
  ): Promise<StandaloneProcess> {
    mkdirSync(options.dataDir, { recursive: true, mode: 0o700 });
    const logFile = join(options.dataDir, 'standalone.log');
    const log = openSync(logFile, 'a', 0o600);
    const child = spawn(process.execPath, [join(root, 'dist/apps/standalone/src/main.js')], {
      cwd: root,
      // A group of its own: Ctrl-C reaches this process first, which then stops the server in order.
      detached: true,
      stdio: ['ignore', log, log, 'ipc'],
      env: {
        ...process.env,
        ...options.env,
        DATA_DIR: options.dataDir,
        PORT: String(options.port),
        CONFIG_DIR: join(root, 'config'),
      },
    });
    const server = new StandaloneProcess(child, `http://127.0.0.1:${options.port}`, options.dataDir, logFile);
    await server.ready();
    return server;
  }

  logins(): DevelopmentLogins {
    return JSON.parse(
      readFileSync(join(this.dataDir, 'secrets', 'development-logins.json'), 'utf8'),
    ) as DevelopmentLogins;
  }

  /** Resolves when the server has ended, for whatever reason. */
  async ended(): Promise<number | null> {
    if (this.child.exitCode !== null) return this.child.exitCode;
    const [code] = (await once(this.child, 'exit')) as [number | null];
    return code;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const ended = this.ended();
      this.child.kill('SIGTERM');
      await ended;
    }
  }

  private async ready(): Promise<void> {
    const deadline = Date.now() + 120_000;
    while (Date.now() < deadline) {
      if (this.child.exitCode !== null) break;
      const answer = await fetch(`${this.url}/health/ready`).catch(() => undefined);
      if (answer?.ok) return;
      await sleep(100);
    }
    await this.stop();
    const tail = readFileSync(this.logFile, 'utf8').trimEnd().split('\n').slice(-15).join('\n');
    throw new Error(`The server did not start. The end of ${this.logFile}:\n${tail}`);
  }
}
