import { afterEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { isProcessAlive, startEmbeddedPostgres } from '#platform/persistence';

const cleanUp: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const step of cleanUp.splice(0).toReversed()) await step();
});

const dataFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'khoso-embedded-'));
  cleanUp.push(() => rm(folder, { recursive: true, force: true }));
  return folder;
};

const query = async (connectionString: string, sql: string): Promise<unknown[]> => {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return (await client.query(sql)).rows as unknown[];
  } finally {
    await client.end();
  }
};

const pidOf = async (dataDir: string): Promise<number> =>
  Number((await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0]);

describe('the embedded PostgreSQL of a data folder', () => {
  it('keeps its data and its secrets over a stop and a start', async () => {
    const dataDir = await dataFolder();
    const first = await startEmbeddedPostgres({ dataDir });
    cleanUp.push(() => first.stop());
    await query(first.ownerUrl, 'CREATE TABLE public.kept AS SELECT 7 AS n');
    expect(await query(first.ownerUrl, 'SHOW fsync')).toEqual([{ fsync: 'on' }]);
    expect((await stat(join(dataDir, 'secrets', 'postgres.json'))).mode & 0o777).toBe(0o600);
    await first.stop();
    await expect(query(first.ownerUrl, 'SELECT 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });

    const second = await startEmbeddedPostgres({ dataDir });
    cleanUp.push(() => second.stop());
    expect(second.adopted).toBe(false);
    expect(await query(second.ownerUrl, 'SELECT n FROM public.kept')).toEqual([{ n: 7 }]);
  });

  it('is taken over, not started twice, when its parent was killed', async () => {
    const dataDir = await dataFolder();
    const program = `import { startEmbeddedPostgres } from '#platform/persistence';
      await startEmbeddedPostgres({ dataDir: process.argv[1] }); console.log('up'); setInterval(() => {}, 1000);`;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', program, dataDir], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(parent.stdout, 'data');
    const pid = await pidOf(dataDir);

    // While the parent lives we are its guest, and leave the server to it.
    const guest = await startEmbeddedPostgres({ dataDir });
    await guest.stop();
    expect(await query(guest.appUrl, 'SELECT 1 AS up')).toEqual([{ up: 1 }]);

    parent.kill('SIGKILL');
    await once(parent, 'exit');
    const heir = await startEmbeddedPostgres({ dataDir });
    cleanUp.push(() => heir.stop());
    expect(heir.adopted).toBe(true);
    expect(await pidOf(dataDir)).toBe(pid);
    await heir.stop();
    expect(isProcessAlive(pid)).toBe(false);
  });

  it('starts although a crash of the machine left a pid file, or a half-made cluster', async () => {
    const dataDir = await dataFolder();
    const first = await startEmbeddedPostgres({ dataDir });
    await first.stop();
    // No process has this number: it is past the largest that Linux gives out.
    await writeFile(join(dataDir, 'postgres', 'postmaster.pid'), `4194305\n${dataDir}/postgres\n0\n5\n\n127.0.0.1\n`);
    const second = await startEmbeddedPostgres({ dataDir });
    cleanUp.push(() => second.stop());
    expect(await query(second.appUrl, 'SELECT 1 AS up')).toEqual([{ up: 1 }]);
  });
});
