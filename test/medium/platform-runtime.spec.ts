import 'reflect-metadata';
import { Controller, Get, Module } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Permission, publicRoute } from '#platform/auth';
import { SettingsError } from '#platform/config';
import { type RunningService, runService, type ServiceDefinition } from '#platform/runtime';
import { defineJob, HandlesJob, type JobHandler } from '#platform/queue';
import { createTestDatabase, type TestDatabase } from '#testing';
import { spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

const wave = defineJob<{ readonly to: string }>({
  name: 'reuse.wave',
  queue: 'reuse',
  attempts: 1,
  backoffMs: 10,
  timeoutMs: 5000,
});

let releaseSlow: () => void;

@Controller('api/reuse/v1/greetings')
class GreetingsController {
  @Get()
  @Permission(publicRoute)
  greet() {
    return { greeting: 'Xin chào' };
  }

  @Get('slow')
  @Permission(publicRoute)
  async greetSlowly() {
    await new Promise<void>((resolve) => {
      releaseSlow = resolve;
    });
    return { greeting: 'Xin chào' };
  }
}

@HandlesJob()
class Waver implements JobHandler<{ readonly to: string }> {
  readonly definition = wave;
  async handle(): Promise<void> {}
}

@HandlesJob()
class OtherWaver extends Waver {}

@Module({ controllers: [GreetingsController], providers: [Waver] })
class GreetingsModule {}
@Module({ controllers: [GreetingsController] })
class HandlerlessModule {}
@Module({ providers: [Waver, OtherWaver] })
class DoubleHandlerModule {}

const serviceOf = (module: ServiceDefinition['module']): ServiceDefinition => ({
  name: 'reuse',
  title: 'Greetings',
  description: 'For tests of the runtime',
  module,
  persistence: [],
  jobs: [wave],
});

const quiet = { PORT: '0', METRICS_PORT: '0', LOG_LEVEL: 'silent' };

describe('a process on a given database', () => {
  let database: TestDatabase;
  let dataDir: string;
  let env: NodeJS.ProcessEnv;

  beforeAll(async () => {
    database = await createTestDatabase([]);
    dataDir = await mkdtemp(join(tmpdir(), 'khoso-runtime-'));
    env = {
      ...quiet,
      DATABASE_URL: database.url,
      DATABASE_OWNER_URL: database.ownerUrl,
      IDENTIFIER_INDEX_KEY: '11'.repeat(32),
      IDENTIFIER_ENCRYPTION_KEY: '22'.repeat(32),
      TOKEN_SIGNING_KEY: generateKeyPairSync('ec', { namedCurve: 'P-256' })
        .privateKey.export({ type: 'pkcs8', format: 'pem' })
        .toString(),
      DATA_DIR: dataDir,
    };
  });

  afterAll(async () => {
    await database.drop();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('with ROLE=worker answers the health checks and has no other route', async () => {
    const worker = await runService([serviceOf(GreetingsModule)], { env: { ...env, ROLE: 'worker' } });
    try {
      expect((await fetch(`${worker.url}/health/ready`)).status).toBe(200);
      for (const path of ['/api/reuse/v1/greetings', '/api/auth/v1/me', '/api/reuse/openapi.json']) {
        expect((await fetch(`${worker.url}${path}`)).status).toBe(404);
      }
    } finally {
      await worker.stop();
    }
    await expect(fetch(`${worker.url}/health/live`)).rejects.toThrow();
  });

  it('shares a process with others of its kind, each with its own address', async () => {
    const running = await Promise.all(
      ['api', 'all'].map((ROLE) => runService([serviceOf(GreetingsModule)], { env: { ...env, ROLE } })),
    );
    try {
      expect(new Set(running.map(({ url }) => url)).size).toBe(2);
      for (const { url } of running)
        expect(await (await fetch(`${url}/api/reuse/v1/greetings`)).json()).toEqual({ greeting: 'Xin chào' });
      await running[0]?.stop();
      expect((await fetch(`${running[1]?.url}/health/ready`)).status).toBe(200);
    } finally {
      await Promise.all(running.map((service) => service.stop()));
    }
  });

  it('refuses to start when a job has no handler, or two, and leaves nothing open', async () => {
    await expect(runService([serviceOf(HandlerlessModule)], { env })).rejects.toThrow(/reuse\.wave has no handler/);
    await expect(runService([serviceOf(DoubleHandlerModule)], { env })).rejects.toThrow(/reuse\.wave has two handlers/);
  });

  it('refuses to start on bad settings, all of them named', async () => {
    const start = runService([serviceOf(GreetingsModule)], { env: { ...env, ROLE: 'chief', PORT: 'x' } });
    await expect(start).rejects.toThrow(SettingsError);
    await expect(start).rejects.toMatchObject({
      faults: [expect.stringContaining('ROLE'), expect.stringContaining('PORT')],
    });
  });

  it('finishes what it serves when it is stopped, and takes nothing new', async () => {
    const service = await runService([serviceOf(GreetingsModule)], { env });
    const slow = fetch(`${service.url}/api/reuse/v1/greetings/slow`);
    while (!releaseSlow) await sleep(5);
    const stopped = service.stop();
    const late = await fetch(`${service.url}/api/reuse/v1/greetings`);
    expect(late.status).toBe(503);
    expect(await late.json()).toMatchObject({ code: 'service-unavailable' });
    expect((await fetch(`${service.url}/health/ready`).catch(() => ({ status: 503 }))).status).toBe(503);
    releaseSlow();
    expect(await (await slow).json()).toEqual({ greeting: 'Xin chào' });
    await stopped;
  });
});

describe('a process on embedded defaults', () => {
  let dataDir: string;
  let service: RunningService | undefined;

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'khoso-embedded-'));
  });
  afterAll(async () => {
    await service?.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  const secretsOf = async () => {
    const folder = join(dataDir, 'secrets');
    const names = (await readdir(folder)).sort();
    return Promise.all(
      names.map(async (name) => ({
        name,
        mode: (await stat(join(folder, name))).mode & 0o777,
        text: await readFile(join(folder, name), 'utf8'),
      })),
    );
  };

  it('makes its database, its keys and its accounts, all for its owner only, and finds them at the next start', async () => {
    service = await runService([serviceOf(GreetingsModule)], { env: { ...quiet, DATA_DIR: dataDir } });
    expect((await fetch(`${service.url}/health/ready`)).status).toBe(200);
    await service.stop();
    await expect(stat(join(dataDir, 'postgres', 'postmaster.pid'))).rejects.toThrow('ENOENT');

    const first = await secretsOf();
    expect(first.map(({ name }) => name)).toEqual([
      'development-logins.json',
      'identifier-encryption.key',
      'identifier-index.key',
      'postgres.json',
      'token-signing.pem',
    ]);
    expect(new Set(first.map(({ mode }) => mode))).toEqual(new Set([0o600]));

    service = await runService([serviceOf(GreetingsModule)], { env: { ...quiet, DATA_DIR: dataDir } });
    expect(await secretsOf()).toEqual(first);
    const { accounts } = JSON.parse(first[0]?.text ?? '') as { accounts: { username: string; password: string }[] };
    const signedIn = await fetch(`${service.url}/api/auth/v1/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: accounts[0]?.username, password: accounts[0]?.password }),
    });
    expect(signedIn.status).toBe(201);
    await service.stop();
  });

  it('logs JSON without secrets or personal numbers, and ends cleanly on SIGTERM', async () => {
    // The built program, in a process of its own; Nest's decorators are applied by hand because Node only strips types.
    const program = `
      import { Module, Logger } from '@nestjs/common';
      import { runService } from '#platform/runtime';
      class Tiny {}
      Module({})(Tiny);
      await runService([{ name: 'reuse', title: 'Tiny', description: 'Tiny', module: Tiny, persistence: [], jobs: [] }]);
      new Logger('Test').warn({ msg: 'số định danh 042090000123', password: 'hunter2', url: 'postgres://u:hunter2@db' });
    `;
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
      env: { PATH: process.env['PATH'], DATA_DIR: dataDir, PORT: '0', METRICS_PORT: '0' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const lines: string[] = [];
    for await (const line of createInterface({ input: child.stdout })) {
      lines.push(line);
      if (line.includes('số định danh')) child.kill('SIGTERM');
    }
    const [code] = child.exitCode === null ? ((await once(child, 'exit')) as [number]) : [child.exitCode];
    expect(code).toBe(0);
    const entries = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(entries.map(({ msg }) => msg)).toEqual(
      expect.arrayContaining(['started', 'số định danh 042*****0123', 'stopping', 'stopped']),
    );
    expect(
      entries.every(({ level, time, service: name }) => level !== undefined && time !== undefined && name === 'reuse'),
    ).toBe(true);
    expect(lines.join('\n')).not.toMatch(/hunter2|042090000123|BEGIN PRIVATE KEY/);
    await expect(stat(join(dataDir, 'postgres', 'postmaster.pid'))).rejects.toThrow('ENOENT');
  });
});
