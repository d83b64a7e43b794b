import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Redis } from 'ioredis';
import pg from 'pg';
import { isProcessAlive } from '#platform/persistence';
import type { DevelopmentLogins } from '../../apps/cli/src/api/standalone-process.js';
import { Caller } from './support/api.js';
import { databaseOf } from './support/data-folder.js';
import { readablePages, smallPages } from './support/papers.js';
import { khoi } from './support/people.js';
import { openModes } from './support/server.js';

jest.setTimeout(240_000);

const ingestion = '/api/ingestion/v1';
const fields = { documentTypeCode: 'KQ.G15.000031', submissionForm: 'ORIGINAL' };

/** Asks until there is an answer; the test's own limit ends a wait for nothing. */
const eventually = async <T>(ask: () => Promise<T | undefined>): Promise<T> => {
  for (;;) {
    const found = await ask();
    if (found !== undefined) return found;
    await sleep(100);
  }
};

describe('a process that is killed, on embedded defaults', () => {
  const started: ChildProcess[] = [];
  let dataDir: string;

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'khoso-faults-'));
  });
  afterAll(async () => {
    for (const child of started) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    }
    // A test that failed half-way may have left the database without its parent.
    const orphan = await databaseOf(dataDir).catch(() => undefined);
    if (orphan && isProcessAlive(orphan.serverPid)) {
      process.kill(orphan.serverPid, 'SIGINT');
      while (isProcessAlive(orphan.serverPid)) await sleep(50);
    }
    await rm(dataDir, { recursive: true, force: true });
  });

  /** The program as `npm start` runs it, in a process of its own. */
  const start = async (): Promise<{ child: ChildProcess; url: string; readyAfterMs: number }> => {
    const begun = performance.now();
    const child = spawn(process.execPath, ['dist/apps/standalone/src/main.js'], {
      env: { ...process.env, DATA_DIR: dataDir, CONFIG_DIR: 'config', PORT: '0', METRICS_PORT: '0', LOG_LEVEL: 'info' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    started.push(child);
    let log = '';
    const url = await new Promise<string>((resolve, reject) => {
      child.once('exit', (code) => reject(new Error(`The server ended with ${code}:\n${log}`)));
      child.stdout.on('data', (text: Buffer) => {
        log += text.toString();
        const found = /"url":"(http:\/\/[^"]+)"/.exec(log);
        if (found?.[1]) resolve(found[1]);
      });
    });
    const ready = new Caller(url);
    await eventually(async () => ((await ready.get('/health/ready')).status === 200 ? true : undefined));
    return { child, url, readyAfterMs: Math.round(performance.now() - begun) };
  };

  const kill = async (child: ChildProcess): Promise<void> => {
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  };

  const officer = async (url: string): Promise<Caller> => {
    const file = await readFile(join(dataDir, 'secrets', 'development-logins.json'), 'utf8');
    const { accounts } = JSON.parse(file) as DevelopmentLogins;
    const { password } = accounts.find(({ username }) => username === 'canbo')!;
    const session = await new Caller(url).post('/api/auth/v1/sessions', { username: 'canbo', password });
    return new Caller(url, String(session.at('accessToken')));
  };

  /** As one who has taken over the database server. */
  const sql = async (...statements: readonly [string, ...unknown[]][]): Promise<Record<string, unknown>[]> => {
    const client = new pg.Client({ connectionString: (await databaseOf(dataDir)).superuserUrl });
    await client.connect();
    try {
      let rows: Record<string, unknown>[] = [];
      for (const [statement, ...values] of statements)
        rows = (await client.query(statement, values)).rows as Record<string, unknown>[];
      return rows;
    } finally {
      await client.end();
    }
  };

  const finishedPages = (scanId: string) =>
    sql([
      `SELECT number, finished_at FROM ingestion.scan_page WHERE scan_id = $1 AND state = 'DONE' ORDER BY number`,
      scanId,
    ]);

  let server: Awaited<ReturnType<typeof start>>;
  let desk: Caller;
  let scanId: string;

  it('with SIGKILL in the middle of reading ten pages loses and repeats nothing', async () => {
    server = await start();
    desk = await officer(server.url);
    const dossier = await desk.post(`${ingestion}/dossiers`, { procedureCode: '2.000635', subject: khoi });
    const scans = `${ingestion}/dossiers/${String(dossier.at('id'))}/components/TP-02/scans`;
    const uploaded = await desk.upload(scans, { ...fields, declaredPages: '10' }, await readablePages(10));
    expect(uploaded.status).toBe(201);
    scanId = String(uploaded.at('id'));
    await eventually(async () => ((await finishedPages(scanId)).length >= 3 ? true : undefined));
    const { serverPid, holderPid } = await databaseOf(dataDir);
    expect(holderPid).toBe(server.child.pid);
    await kill(server.child);

    // PostgreSQL outlives its parent: what was read until then can be seen in it, and the next start takes it over.
    expect(isProcessAlive(serverPid)).toBe(true);
    const before = await finishedPages(scanId);
    expect(before.length).toBeGreaterThanOrEqual(3);
    expect(before.length).toBeLessThan(10);

    server = await start();
    process.stdout.write(
      `  Ready ${server.readyAfterMs} ms after the start on kept data, with an orphaned database.\n`,
    );
    const after = await databaseOf(dataDir);
    expect([after.serverPid, after.holderPid]).toEqual([serverPid, server.child.pid]);

    desk = await officer(server.url);
    const scan = await eventually(async () => {
      const found = await desk.get(`${ingestion}/scans/${scanId}`);
      return found.at('state') === 'EXTRACTED' ? found : undefined;
    });
    expect((scan.at('pages') as { ocr: string }[]).map(({ ocr }) => ocr)).toEqual(Array(10).fill('DONE'));

    const pages = await finishedPages(scanId);
    expect(pages).toHaveLength(10);
    expect(pages).toEqual(expect.arrayContaining(before));
    const told = await sql([
      `SELECT (data->>'page')::int AS page, count(*)::int AS times FROM queue.progress
       WHERE subject = $1 AND type = 'page-read' GROUP BY 1 ORDER BY 1`,
      scanId,
    ]);
    expect(told).toEqual(Array.from({ length: 10 }, (_, index) => ({ page: index + 1, times: 1 })));

    const [counts] = await sql([
      `SELECT (SELECT count(*)::int FROM ingestion.scan) AS scans,
              (SELECT count(*)::int FROM records.document) AS documents,
              (SELECT count(*)::int FROM dossiers.dossier) AS dossiers,
              (SELECT count(*)::int FROM ingestion.scan_page) AS pages`,
    ]);
    expect(counts).toEqual({ scans: 1, documents: 1, dossiers: 1, pages: 10 });
    const jobs = await eventually(async () => {
      const rows = await sql(['SELECT name, key, state, attempts, abandonments FROM queue.job']);
      return rows.every(({ state }) => state === 'DONE') ? rows : undefined;
    });
    const readings = jobs.filter(({ name }) => name === 'ingestion.read-page');
    expect(readings).toHaveLength(10);
    // Only what ran when the process died was begun again; nobody touched what had been read by then.
    expect(readings.filter(({ attempts }) => Number(attempts) !== 1)).toEqual([]);
    const begunAgain = readings.filter(({ abandonments }) => Number(abandonments) > 0).map(({ key }) => String(key));
    const readBefore = before.map(({ number }) => `${scanId}/${String(number)}/1`);
    expect(begunAgain.filter((key) => readBefore.includes(key))).toEqual([]);
  });

  describe('the log of what was done', () => {
    /** `khoso audit verify`, as anyone would run it. */
    const verify = (): Promise<{ code: number; output: string }> =>
      new Promise((resolve) => {
        const args = ['dist/apps/cli/src/main.js', 'audit', 'verify', '--data', dataDir];
        execFile(process.execPath, args, (error, stdout, stderr) =>
          resolve({ code: error ? Number(error.code) : 0, output: stdout + stderr }),
        );
      });

    const linked = () =>
      eventually(async () => ((await sql(['SELECT 1 FROM audit.pending'])).length === 0 ? true : undefined));

    it('is found whole by the command line, exit code 0', async () => {
      await linked();
      expect(await verify()).toEqual({ code: 0, output: expect.stringContaining('the chain is whole') });
    });

    it('is found altered when one row was changed by hand, the row is named, exit code 1', async () => {
      const [row] = await sql([
        `SELECT entry.id, link.sequence FROM audit.entry JOIN audit.link ON link.entry_id = entry.id
         WHERE event = 'scan.uploaded' AND outcome = 'success'`,
      ]);
      await sql(
        [`ALTER TABLE audit.entry DISABLE TRIGGER USER`],
        [`UPDATE audit.entry SET actor = jsonb_set(actor, '{name}', '"Người khác"') WHERE id = $1`, row!.id],
        [`ALTER TABLE audit.entry ENABLE TRIGGER USER`],
      );
      const { code, output } = await verify();
      expect([code, output]).toEqual([1, expect.stringContaining(`entry ${String(row!.id)}`)]);
      expect(output).toContain(`sequence ${String(row!.sequence)}`);
    });

    it('cannot be altered by the application, nor by its owner while the trigger stands', async () => {
      const attempt = (role: string) =>
        sql([`SET ROLE ${role}`], [`UPDATE audit.entry SET event = 'nothing'`], ['RESET ROLE']);
      await expect(attempt('khoso_app')).rejects.toMatchObject({ code: '42501' });
      await expect(attempt('khoso_owner')).rejects.toThrow(/audit\.entry|insert/i);
    });
  });
});

const { modes, redisUrl, close } = await openModes('losing the whole of Redis under real uploads');
afterAll(close);

for (const { start } of modes.filter(({ name }) => name === 'redis+s3')) {
  describe('Redis that loses everything', () => {
    it('in the middle of 20 scans: all 20 are signed and read, none twice', async () => {
      const server = await start();
      const redis = new Redis(redisUrl ?? '');
      try {
        const officer = await server.as('canbo');
        const dossier = await officer.post(`${ingestion}/dossiers`, { procedureCode: '2.000635', subject: khoi });
        const scans = `${ingestion}/dossiers/${String(dossier.at('id'))}/components/TP-02/scans`;
        for (const paper of await smallPages(20)) {
          const uploaded = await officer.upload(scans, { ...fields, declaredPages: '1' }, paper);
          expect(uploaded.status).toBe(201);
        }
        const readPages = async (): Promise<number> =>
          (await server.sql(`SELECT 1 FROM queue.job WHERE name = 'ingestion.read-page' AND state = 'DONE'`)).length;
        await eventually(async () => ((await readPages()) >= 5 ? true : undefined));
        const keysBefore = await redis.dbsize();
        await redis.flushall();
        expect(keysBefore).toBeGreaterThan(0);
        const doneBefore = await readPages();
        expect(doneBefore).toBeLessThan(20);

        const jobs = await eventually(async () => {
          const rows = await server.sql('SELECT name, state, attempts FROM queue.job');
          const isOver = rows.every(({ state }) => state === 'DONE' || state === 'FAILED');
          return isOver && rows.filter(({ name }) => name === 'ingestion.extract').length === 20 ? rows : undefined;
        });
        for (const name of ['signing.sign-scan', 'ingestion.scan-signed', 'ingestion.read-page', 'ingestion.extract']) {
          expect([name, jobs.filter((job) => job.name === name && job.state === 'DONE').length]).toEqual([name, 20]);
        }
        expect(jobs.filter(({ attempts }) => Number(attempts) !== 1)).toEqual([]);
        const states = await server.sql('SELECT state, count(*)::int AS scans FROM ingestion.scan GROUP BY state');
        expect(states).toEqual([{ state: 'EXTRACTED', scans: 20 }]);
      } finally {
        redis.disconnect();
        await server.stop();
      }
    });
  });
}
