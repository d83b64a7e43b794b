import { spawn } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type EmbeddedPostgres, isProcessAlive, startEmbeddedPostgres } from '#platform/persistence';
import { withFileLock } from './file-lock.js';

// Tests lose nothing when the machine loses power.
const settings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '400',
  shared_buffers: '64MB',
};

let started: Promise<EmbeddedPostgres> | undefined;

/**
 * The PostgreSQL cluster that all test processes of this user share, started by the first that needs it. Each user of it
 * leaves a lease with its process id; a keeper process stops and deletes the cluster seconds after the last has gone,
 * however it went. Safe for parallel Jest workers and for several runs at once.
 */
export const testCluster = (): Promise<EmbeddedPostgres> => (started ??= start());

const start = async (): Promise<EmbeddedPostgres> => {
  const folder = join(tmpdir(), `khoso-test-postgres-${process.getuid?.() ?? 'user'}`);
  return withFileLock(`${folder}.lock`, async () => {
    await mkdir(join(folder, 'leases'), { recursive: true });
    await writeFile(join(folder, 'leases', String(process.pid)), '');
    const cluster = await startEmbeddedPostgres({ dataDir: folder, settings });
    await ensureKeeper(folder);
    return cluster;
  });
};

const ensureKeeper = async (folder: string): Promise<void> => {
  const path = join(folder, 'keeper.pid');
  const known = Number(await readFile(path, 'utf8').catch(() => ''));
  if (known > 0 && isProcessAlive(known)) return;
  // Beside this file, as source under Jest and as JavaScript in a build.
  const program = fileURLToPath(new URL(`./cluster-keeper${extname(import.meta.url)}`, import.meta.url));
  const keeper = spawn(process.execPath, [program, folder], { detached: true, stdio: 'ignore', cwd: tmpdir() });
  keeper.unref();
  await writeFile(path, String(keeper.pid));
};
