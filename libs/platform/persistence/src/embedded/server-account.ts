import { spawn } from 'node:child_process';
import { chown, readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

interface Account {
  readonly uid: number;
  readonly gid: number;
}

/**
 * PostgreSQL refuses to run as root. Root therefore runs it as `postgres`, or as `nobody` where that user is unknown:
 * no account is added to the machine.
 * @returns undefined when this process is not root
 */
export const serverAccount = async (): Promise<Account | undefined> => {
  if (process.getuid?.() !== 0) return undefined;
  const lines = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
  for (const name of ['postgres', 'nobody']) {
    const line = lines.find((fields) => fields[0] === name);
    if (line) return { uid: Number(line[2]), gid: Number(line[3]) };
  }
  throw new Error('PostgreSQL cannot run as root, and there is neither a postgres nor a nobody user to run it as.');
};

/** Gives a file or folder to the server's account; nothing to do unless this process is root. */
export const giveToServer = async (path: string): Promise<void> => {
  const account = await serverAccount();
  if (account) await chown(path, account.uid, account.gid);
};

/**
 * Runs a PostgreSQL program as the server's account and waits for it to exit.
 * @param paths what the program must reach; below a private folder such as /root the account needs help to get there
 */
export const runAsServer = async (
  program: string,
  args: readonly string[],
  paths: readonly string[],
): Promise<void> => {
  const account = await serverAccount();
  const reachable = !account || (await Promise.all([program, ...paths].map(isReachable))).every(Boolean);
  // util-linux keeps one capability across the change of user: passing through folders that only root may enter.
  const [command, commandArgs, identity] = reachable
    ? [program, [...args], account ?? {}]
    : [
        'setpriv',
        [
          `--reuid=${account.uid}`,
          `--regid=${account.gid}`,
          '--clear-groups',
          '--inh-caps=+dac_override',
          '--ambient-caps=+dac_override',
          program,
          ...args,
        ],
        {},
      ];
  await new Promise<void>((resolve, reject) => {
    const child = spawn(command, commandArgs, {
      ...identity,
      cwd: '/',
      env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
    child.once('error', reject);
    // Not 'close': a server started by pg_ctl may hold the pipes for as long as it lives.
    child.once('exit', (code, signal) => {
      child.stdout.destroy();
      child.stderr.destroy();
      if (code === 0) resolve();
      else reject(new Error(`${program} ${args.join(' ')} ended with ${signal ?? code}: ${output.trim()}`));
    });
  });
};

/** Whether every folder above the path may be entered by anyone. */
const isReachable = async (path: string): Promise<boolean> => {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (((await stat(folder)).mode & 0o001) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
};
