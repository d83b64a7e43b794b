import 'reflect-metadata';
import { execFile } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type RunningService, runService } from '#platform/runtime';
import { createTestDatabase, type TestDatabase } from '#testing';

const run = promisify(execFile);
const chosen = 'Mat-khau-2026';

let database: TestDatabase;
let dataDir: string;
let service: RunningService;
let firstPassword: string;

const khoso = (...args: string[]) =>
  run(process.execPath, ['dist/apps/cli/src/main.js', ...args], {
    env: { ...process.env, DATABASE_URL: database.url, NO_COLOR: '1' },
  });

const call = async (method: string, path: string, body: unknown, token?: string) => {
  const response = await fetch(`${service.url}${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, body: (text === '' ? {} : JSON.parse(text)) as Record<string, unknown> };
};

const signIn = async (username: string, password: string) =>
  (await call('POST', '/api/auth/v1/sessions', { username, password })).body;

/** Signs in for the first time and sets a password, as the policy demands (FR-83). */
const settle = async (username: string, password: string): Promise<string> => {
  const first = await signIn(username, password);
  expect(first.mustChangePassword).toBe(true);
  const passwords = { currentPassword: password, newPassword: chosen };
  expect((await call('POST', '/api/auth/v1/password', passwords, String(first.accessToken))).status).toBe(204);
  return String((await signIn(username, chosen)).accessToken);
};

beforeAll(async () => {
  database = await createTestDatabase([]);
  dataDir = await mkdtemp(join(tmpdir(), 'khoso-administration-'));
  service = await runService([], {
    env: {
      DATABASE_URL: database.url,
      DATABASE_OWNER_URL: database.ownerUrl,
      IDENTIFIER_INDEX_KEY: '11'.repeat(32),
      IDENTIFIER_ENCRYPTION_KEY: '22'.repeat(32),
      TOKEN_SIGNING_KEY: generateKeyPairSync('ec', { namedCurve: 'P-256' })
        .privateKey.export({ type: 'pkcs8', format: 'pem' })
        .toString(),
      DATA_DIR: dataDir,
      PORT: '0',
      METRICS_PORT: '0',
      LOG_LEVEL: 'silent',
    },
  });
  const { stdout } = await khoso(
    'account',
    'add',
    'quantri',
    '--name',
    'Võ Thanh Sơn',
    '--role',
    'admin',
    '--agency',
    'H27',
  );
  firstPassword = /: (\S+)\n$/.exec(stdout)?.[1] ?? '';
});

afterAll(async () => {
  await service?.stop();
  await database?.drop();
  await rm(dataDir, { recursive: true, force: true });
});

describe('a new installation', () => {
  let admin: string;

  it('gets its first administrator on the command line, who must choose a password first', async () => {
    const { accessToken } = await signIn('quantri', firstPassword);
    const early = await call('POST', '/api/auth/v1/accounts', {}, String(accessToken));
    expect(early).toMatchObject({ status: 403, body: { code: 'password-change-required' } });
    admin = await settle('quantri', firstPassword);
  });

  it('refuses a second account of the same name, and a role that does not exist', async () => {
    const again = khoso('account', 'add', 'QuanTri', '--name', 'Người khác', '--role', 'admin', '--agency', 'H27');
    await expect(again).rejects.toMatchObject({ code: 1 });
    const noRole = khoso('account', 'add', 'khac', '--name', 'Người khác', '--role', 'citizen', '--agency', 'H27');
    await expect(noRole).rejects.toMatchObject({ code: 2 });
  });

  it('gets its officials from the administrator', async () => {
    const officer = { username: 'lthoa', name: 'Lê Thị Hoa', roles: ['officer'], agencyCode: 'H27.05.12' };
    const created = await call('POST', '/api/auth/v1/accounts', officer, admin);
    expect(created).toMatchObject({ status: 201, body: { username: 'lthoa', roles: ['officer'] } });
    const token = await settle('lthoa', String(created.body.firstPassword));
    expect(await call('POST', '/api/auth/v1/accounts', officer, token)).toMatchObject({ status: 403 });
    expect(await call('POST', '/api/auth/v1/accounts', officer, admin)).toMatchObject({
      status: 409,
      body: { code: 'username-taken' },
    });
  });

  it('registers procedure systems, whose secret gets a token', async () => {
    const client = { id: 'ho-tich-h27', name: 'Phần mềm hộ tịch', agencyCode: 'H27.05.12', scopes: ['reuse.query'] };
    const created = await call('POST', '/api/auth/v1/clients', client, admin);
    expect(created.status).toBe(201);
    const answer = await fetch(`${service.url}/oauth/token`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${client.id}:${String(created.body.secret)}`).toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: 'grant_type=client_credentials',
    });
    expect(await answer.json()).toMatchObject({ scope: 'reuse.query' });
    expect(await call('POST', '/api/auth/v1/clients', client, admin)).toMatchObject({
      status: 409,
      body: { code: 'client-id-taken' },
    });
  });

  it('has all of it in the access log, which verifies', async () => {
    const { stdout } = await khoso('audit', 'verify', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ ok: true });
  });
});
