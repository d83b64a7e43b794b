import 'reflect-metadata';
import { Body, Controller, Get, HttpCode, Module, Param, Post, Query, Req, Res } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import { DomainError, sha256Hex } from '#kernel';
import { AuditLog } from '#platform/audit';
import {
  Accounts,
  Clients,
  CurrentPrincipal,
  Permission,
  type Principal,
  publicRoute,
  routesWithoutPermission,
} from '#platform/auth';
import { declareIdempotentBody, HealthRegistry, Idempotent, receiveMultipart, sendObject } from '#platform/http';
import { ObjectStore } from '#platform/storage';
import { type RunningService, runService, type ServiceDefinition } from '#platform/runtime';
import { createTestDatabase, type TestDatabase } from '#testing';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Max, MaxLength, ValidateNested } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { decodeJwt, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import pg from 'pg';
import { setTimeout as sleep } from 'node:timers/promises';

const bytes = Buffer.from('Giấy khai sinh của Nguyễn Văn An. '.repeat(100));
const officerOnly = { name: 'thing.write', roles: ['officer'] } as const;

class SubjectDto {
  @IsIn(['person', 'business'])
  kind!: string;
}

class ThingDto {
  @MaxLength(20)
  @IsString()
  name!: string;
  @ValidateNested()
  @Type(() => SubjectDto)
  @IsOptional()
  subject?: SubjectDto;
}

class PageDto {
  @Max(100)
  @IsInt()
  @Type(() => Number)
  @IsOptional()
  limit?: number;
}

// What the routes did, for the tests to look at.
const made: string[] = [];
const accesses: string[] = [];

@Controller('api/reuse/v1/things')
class ThingsController {
  constructor(
    private readonly audit: AuditLog,
    private readonly objects: ObjectStore,
  ) {}

  @Post()
  @Idempotent()
  @Permission(officerOnly)
  async create(
    @Body() body: ThingDto,
    @CurrentPrincipal() principal: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    await sleep(body.name === 'slow' ? 400 : 0);
    if (body.name === 'refused') throw new DomainError('permission-denied', { permission: 'refused' });
    made.push(body.name);
    reply.header('location', `/api/reuse/v1/things/${made.length}`);
    return { id: made.length, by: principal.name };
  }

  @Post('uploads')
  @Idempotent({ body: 'declared' })
  @Permission(officerOnly)
  async upload(@Req() request: FastifyRequest) {
    const { fields, file, finish } = await receiveMultipart(request, { maxBytes: 100_000 });
    const received = await this.objects.receive(file.stream, { maxBytes: 100_000 });
    try {
      await finish();
      await declareIdempotentBody(request, { fields, sha256: received.sha256 });
      made.push(file.fileName);
      return { id: made.length, fields, sha256: received.sha256, bytes: received.bytes };
    } finally {
      await received.discard();
    }
  }

  @Get()
  @Permission({ name: 'thing.list', roles: ['officer'], scopes: ['reuse.query'] })
  list(@Query() page: PageDto) {
    return { limit: page.limit ?? 20 };
  }

  @Get('content')
  @Permission(publicRoute)
  async content(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    await sendObject(request, reply, {
      sha256: sha256Hex(bytes),
      bytes: bytes.length,
      mediaType: 'application/pdf',
      fileName: 'Giấy khai sinh.pdf',
      open: async (range) => Readable.from([range ? bytes.subarray(range.start, range.end + 1) : bytes]),
      beforeSending: async (access) => {
        if (request.headers['x-audit'] === 'broken') throw new DomainError('log-unavailable');
        accesses.push(access);
        await this.audit.append({ event: 'document.read', outcome: 'success', service: 'reuse', detail: { access } });
      },
      headers: () => ({ 'x-access-receipt': 'rc_1' }),
    });
  }

  @Get('fault')
  @Permission(publicRoute)
  fault() {
    throw new Error('column "cccd" of 042090000123 is broken');
  }

  @Get('forgotten')
  forgotten() {
    return 'nobody should read this';
  }

  @Post(':id/closing')
  @HttpCode(204)
  @Permission(officerOnly)
  close(@Param('id') id: string) {
    made.push(`closed ${id}`);
  }
}

@Module({ controllers: [ThingsController] })
class TinyModule {}

const tinyService: ServiceDefinition = {
  name: 'reuse',
  title: 'Tiny service',
  description: 'A service for tests of the platform',
  module: TinyModule,
  persistence: [],
  jobs: [],
};

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
};

const { privateKey: tokenKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });

let database: TestDatabase;
let service: RunningService;
let dataDir: string;
let metricsPort: number;
let officer: string;
let clientSecret: string;

const call = (path: string, init: RequestInit & { token?: string } = {}) => {
  const { token, headers, ...rest } = init;
  return fetch(`${service.url}${path}`, {
    ...rest,
    headers: { ...(token && { authorization: `Bearer ${token}` }), ...(headers as Record<string, string>) },
  });
};
const post = (path: string, body: unknown, init: RequestInit & { token?: string } = {}) =>
  call(path, {
    method: 'POST',
    ...init,
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...(init.headers as Record<string, string>) },
  });
const create = (body: unknown, key?: string, token = officer) =>
  post('/api/reuse/v1/things', body, { token, headers: key === undefined ? {} : { 'idempotency-key': key } });
const problem = async (response: Response) => (await response.json()) as Record<string, unknown>;
const signIn = async (username: string, password: string) => post('/api/auth/v1/sessions', { username, password });
const tokenFor = async (username: string) => {
  const logins = JSON.parse(await readFile(join(dataDir, 'secrets', 'development-logins.json'), 'utf8')) as {
    accounts: { username: string; password: string }[];
  };
  const { password = '' } = logins.accounts.find((account) => account.username === username) ?? {};
  return ((await (await signIn(username, password)).json()) as { accessToken: string }).accessToken;
};

beforeAll(async () => {
  database = await createTestDatabase([]);
  dataDir = await mkdtemp(join(tmpdir(), 'khoso-http-'));
  metricsPort = await freePort();
  service = await runService([tinyService], {
    env: {
      DATABASE_URL: database.url,
      DATABASE_OWNER_URL: database.ownerUrl,
      IDENTIFIER_INDEX_KEY: '11'.repeat(32),
      IDENTIFIER_ENCRYPTION_KEY: '22'.repeat(32),
      TOKEN_SIGNING_KEY: tokenKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      DEVELOPMENT_MODE: 'true',
      DATA_DIR: dataDir,
      PORT: '0',
      METRICS_PORT: String(metricsPort),
      LOG_LEVEL: 'silent',
      LOGIN_FAILURES_ALLOWED: '3',
    },
  });
  officer = await tokenFor('canbo');
  const logins = JSON.parse(await readFile(join(dataDir, 'secrets', 'development-logins.json'), 'utf8')) as {
    client: { secret: string };
  };
  clientSecret = logins.client.secret;
});

afterAll(async () => {
  await service?.stop();
  await database?.drop();
  await rm(dataDir, { recursive: true, force: true });
});

describe('problem documents (RFC 9457)', () => {
  it('answer in Vietnamese by default and in English when asked', async () => {
    const vietnamese = await call('/api/reuse/v1/things');
    expect(vietnamese.status).toBe(401);
    expect(vietnamese.headers.get('content-type')).toContain('application/problem+json');
    expect(vietnamese.headers.get('www-authenticate')).toBe('Bearer');
    expect(await problem(vietnamese)).toMatchObject({
      type: `${service.url}/problems/unauthenticated`,
      title: 'Chưa xác thực',
      status: 401,
      code: 'unauthenticated',
      instance: '/api/reuse/v1/things',
      detail: expect.stringContaining('Hãy đăng nhập lại'),
    });
    const english = await call('/api/reuse/v1/things', { headers: { 'accept-language': 'en' } });
    expect((await problem(english))['title']).toBe('Not authenticated');
  });

  it('cover what no handler saw: unknown address, undecodable address, broken JSON, another content type, too much JSON', async () => {
    const codeOf = async (response: Response) => {
      expect(response.headers.get('content-type')).toContain('application/problem+json');
      return (await problem(response))['code'];
    };
    expect(await codeOf(await call('/nowhere'))).toBe('not-found');
    expect(await codeOf(await call('/%zz'))).toBe('not-found');
    const raw = (body: string, type: string) =>
      call('/api/reuse/v1/things', { method: 'POST', token: officer, body, headers: { 'content-type': type } });
    expect(await codeOf(await raw('{', 'application/json'))).toBe('body-malformed');
    expect(await codeOf(await raw('<a/>', 'application/xml'))).toBe('media-type-unsupported');
    expect(await codeOf(await raw(JSON.stringify({ name: 'x'.repeat(2_000_000) }), 'application/json'))).toBe(
      'body-too-large',
    );
  });

  it('say nothing of the inside of a fault, but its request id', async () => {
    const response = await call('/api/reuse/v1/things/fault', { headers: { 'x-request-id': 'req-77' } });
    const body = await response.text();
    expect(response.status).toBe(500);
    expect(JSON.parse(body)).toMatchObject({ code: 'internal-error', requestId: 'req-77' });
    expect(body).not.toMatch(/cccd|042090000123/);
  });
});

describe('every request', () => {
  it('gets an id, or keeps the one it came with, from X-Road too', async () => {
    expect((await call('/health/live')).headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    const road = await call('/health/live', { headers: { 'x-road-id': 'EE/GOV/1-77' } });
    expect(road.headers.get('x-road-id')).toBe('EE/GOV/1-77');
    expect(road.headers.get('x-request-id')).toBe('EE/GOV/1-77');
    const strange = await call('/health/live', { headers: { 'x-request-id': 'a b<script>' } });
    expect(strange.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('gets the security headers', async () => {
    const { headers } = await call('/health/live');
    expect(headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
  });
});

describe('validation', () => {
  it('names every faulty field of a body, nested ones by path', async () => {
    const response = await create({ name: 'x'.repeat(21), subject: { kind: 'robot' }, admin: true });
    expect(response.status).toBe(400);
    expect(await problem(response)).toMatchObject({
      code: 'request-invalid',
      errors: [
        { field: 'admin', code: 'UNKNOWN_FIELD' },
        { field: 'name', code: 'TOO_LONG', detail: 'Giá trị quá dài hoặc quá nhiều.' },
        { field: 'subject.kind', code: 'NOT_ALLOWED_VALUE' },
      ],
    });
  });

  it('covers the query, and converts its numbers', async () => {
    expect(await (await call('/api/reuse/v1/things?limit=5', { token: officer })).json()).toEqual({ limit: 5 });
    const response = await call('/api/reuse/v1/things?limit=500', { token: officer });
    expect(await problem(response)).toMatchObject({ errors: [{ field: 'limit', code: 'OUT_OF_RANGE' }] });
  });

  it('finds a missing body to be missing fields', async () => {
    const response = await call('/api/reuse/v1/things', { method: 'POST', token: officer });
    expect(await problem(response)).toMatchObject({
      code: 'request-invalid',
      errors: [{ field: 'name', code: 'REQUIRED' }],
    });
  });
});

describe('Idempotency-Key', () => {
  it('gives the first answer again for the same request, and does nothing twice', async () => {
    const before = made.length;
    const first = await create({ name: 'once' }, 'key-1');
    const again = await create({ name: 'once' }, 'key-1');
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(await again.json()).toEqual(await first.json());
    expect(again.headers.get('location')).toBe(first.headers.get('location'));
    expect([first, again].map((response) => response.headers.get('idempotent-replayed'))).toEqual([null, 'true']);
    expect(made.length).toBe(before + 1);
  });

  it('refuses the same key with another body, another route or another caller', async () => {
    await create({ name: 'first' }, 'key-2');
    const elsewhere = await tokenFor('canbo2');
    for (const response of [
      await create({ name: 'second' }, 'key-2'),
      await create({ name: 'first' }, 'key-2', elsewhere),
    ]) {
      expect(response.status).toBe(409);
      expect((await problem(response))['code']).toBe('idempotency-conflict');
    }
  });

  it('lets one of several concurrent requests work and gives all of them its answer', async () => {
    const before = made.length;
    const responses = await Promise.all(Array.from({ length: 5 }, () => create({ name: 'slow' }, 'key-3')));
    const bodies = await Promise.all(responses.map((response) => response.json()));
    expect(responses.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201]);
    expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(1);
    expect(made.length).toBe(before + 1);
  });

  it('is free again after a failed request', async () => {
    expect((await create({ name: 'refused' }, 'key-4')).status).toBe(403);
    expect((await create({ name: 'accepted' }, 'key-4')).status).toBe(201);
  });

  // What is left of a request whose process died: begun, not answered.
  const interrupt = async (key: string, lease: string) => {
    const owner = new pg.Client({ connectionString: database.ownerUrl });
    await owner.connect();
    await owner.query(
      'UPDATE platform.idempotency_key SET status = NULL, body = NULL, lease_until = now() + $2::interval WHERE key_hash = $1',
      [sha256Hex(key), lease],
    );
    await owner.end();
  };

  it('is taken over from a process that died, once its lease is over, and not before', async () => {
    await create({ name: 'interrupted' }, 'key-5');
    await interrupt('key-5', '1 minute');
    const early = await create({ name: 'interrupted' }, 'key-5');
    expect(early.status).toBe(409);
    expect(early.headers.get('retry-after')).toBe('5');
    expect((await problem(early))['code']).toBe('idempotency-in-progress');
    await interrupt('key-5', '-1 second');
    const late = await create({ name: 'interrupted' }, 'key-5');
    expect(late.status).toBe(201);
    expect(late.headers.get('idempotent-replayed')).toBeNull();
  });

  it('is forgotten after 24 hours', async () => {
    await create({ name: 'yesterday' }, 'key-6');
    const owner = new pg.Client({ connectionString: database.ownerUrl });
    await owner.connect();
    await owner.query(
      "UPDATE platform.idempotency_key SET expires_at = expires_at - interval '24 hours' WHERE key_hash = $1",
      [sha256Hex('key-6')],
    );
    await owner.end();
    expect((await create({ name: 'today' }, 'key-6')).status).toBe(201);
  });

  it('must be a plain token', async () => {
    const response = await create({ name: 'x' }, 'two words');
    expect(await problem(response)).toMatchObject({ code: 'request-invalid', errors: [{ field: 'Idempotency-Key' }] });
  });

  it('works without one', async () => {
    expect((await create({ name: 'plain' })).status).toBe(201);
  });
});

describe('a multipart upload', () => {
  const upload = (parts: readonly [string, string | Blob][], key?: string) => {
    const form = new FormData();
    for (const [name, value] of parts) {
      if (typeof value === 'string') form.append(name, value);
      else form.append(name, value, 'Giấy khai sinh.pdf');
    }
    return call('/api/reuse/v1/things/uploads', {
      method: 'POST',
      token: officer,
      body: form,
      headers: key ? { 'idempotency-key': key } : {},
    });
  };

  it('arrives as fields and a stream, and is the same upload when sent again', async () => {
    const before = made.length;
    const parts: [string, string | Blob][] = [
      ['documentTypeCode', 'KQ.G15.000031'],
      ['file', new Blob([bytes])],
    ];
    const first = await upload(parts, 'upload-1');
    expect(first.status).toBe(201);
    const body = (await first.json()) as object;
    expect(body).toMatchObject({
      fields: { documentTypeCode: 'KQ.G15.000031' },
      sha256: sha256Hex(bytes),
      bytes: bytes.length,
    });
    const again = await upload(parts, 'upload-1');
    expect(await again.json()).toEqual(body);
    expect(made.length).toBe(before + 1);
    expect(made.at(-1)).toBe('Giấy khai sinh.pdf');
  });

  it('with other bytes under the same key is a conflict', async () => {
    await upload([['file', new Blob(['one'])]], 'upload-2');
    expect((await problem(await upload([['file', new Blob(['two'])]], 'upload-2')))['code']).toBe(
      'idempotency-conflict',
    );
  });

  it('is refused when it is too large, whether its length says so at once or only its bytes do', async () => {
    for (const size of [100_001, 8_000_000]) {
      const response = await upload([['file', new Blob([Buffer.alloc(size)])]]);
      expect(response.status).toBe(413);
      expect((await problem(response))['code']).toBe('upload-too-large');
    }
  });

  it('must be text fields first and then one file', async () => {
    const file = new Blob(['x']);
    const reasonOf = async (parts: [string, string | Blob][]) => (await problem(await upload(parts)))['params'];
    expect(await reasonOf([['a', 'b']])).toEqual({ reason: 'no-file' });
    expect(
      await reasonOf([
        ['file', file],
        ['a', 'b'],
      ]),
    ).toEqual({ reason: 'field-after-file' });
    expect(
      await reasonOf([
        ['file', file],
        ['file', file],
      ]),
    ).toEqual({ reason: 'second-file' });
  });

  it('is refused as JSON', async () => {
    expect((await post('/api/reuse/v1/things/uploads', {}, { token: officer })).status).toBe(415);
  });
});

describe('stored bytes', () => {
  const path = '/api/reuse/v1/things/content';
  const etag = `"sha256:${sha256Hex(bytes)}"`;

  it('come whole with a strong ETag, their digest (RFC 9530) and their name, never for a shared cache', async () => {
    const response = await call(path);
    expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
    expect(response.headers.get('etag')).toBe(etag);
    expect(response.headers.get('repr-digest')).toBe(
      `sha-256=:${Buffer.from(sha256Hex(bytes), 'hex').toString('base64')}:`,
    );
    expect(response.headers.get('content-length')).toBe(String(bytes.length));
    expect(response.headers.get('content-disposition')).toContain("filename*=UTF-8''Gi%E1%BA%A5y%20khai%20sinh.pdf");
    expect(response.headers.get('cache-control')).toBe('private, no-store');
    expect(response.headers.get('x-access-receipt')).toBe('rc_1');
  });

  it('come in part for a Range, and not at all past their end', async () => {
    const part = await call(path, { headers: { range: 'bytes=10-19' } });
    expect(part.status).toBe(206);
    expect(part.headers.get('content-range')).toBe(`bytes 10-19/${bytes.length}`);
    expect(Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(10, 20))).toBe(true);
    const past = await call(path, { headers: { range: `bytes=${bytes.length}-` } });
    expect(past.status).toBe(416);
    expect(past.headers.get('content-range')).toBe(`bytes */${bytes.length}`);
    expect((await problem(past))['code']).toBe('range-not-satisfiable');
  });

  it('come whole when If-Range names other bytes', async () => {
    expect((await call(path, { headers: { range: 'bytes=0-1', 'if-range': '"sha256:other"' } })).status).toBe(200);
    expect((await call(path, { headers: { range: 'bytes=0-1', 'if-range': etag } })).status).toBe(206);
  });

  it('are not sent again to who has them, yet that is an access too', async () => {
    accesses.length = 0;
    const response = await call(path, { headers: { 'if-none-match': `"other", ${etag}` } });
    expect(response.status).toBe(304);
    expect(await response.text()).toBe('');
    expect(response.headers.get('etag')).toBe(etag);
    expect(accesses).toEqual(['REVALIDATE']);
  });

  it('do not leave when the log cannot be written', async () => {
    for (const headers of [{ 'x-audit': 'broken' }, { 'x-audit': 'broken', 'if-none-match': etag }]) {
      const response = await call(path, { headers });
      expect(response.status).toBe(503);
      expect(response.headers.get('etag')).toBeNull();
      expect((await problem(response))['code']).toBe('log-unavailable');
    }
  });
});

describe('permissions', () => {
  it('let the right role and the right scope in', async () => {
    expect((await call('/api/reuse/v1/things', { token: officer })).status).toBe(200);
  });

  it('keep everyone else out, and keep a record of it', async () => {
    const citizen = await tokenFor('congdan');
    const response = await create({ name: 'x' }, undefined, citizen);
    expect(response.status).toBe(403);
    expect(await problem(response)).toMatchObject({ code: 'permission-denied', params: { permission: 'thing.write' } });
    const { entries } = await service.app
      .get(AuditLog, { strict: false })
      .find({ events: ['permission.denied'], limit: 1 });
    expect(entries[0]).toMatchObject({
      outcome: 'refused',
      actor: { kind: 'account', name: 'Nguyễn Văn An' },
      detail: { permission: 'thing.write' },
    });
  });

  it('close a route that does not say who may call it, and a test can find it', async () => {
    expect((await call('/api/reuse/v1/things/forgotten', { token: officer })).status).toBe(403);
    expect(routesWithoutPermission(service.app)).toEqual(['ThingsController.forgotten']);
  });

  it('end with the token, and say so', async () => {
    const { exp: _, ...claims } = decodeJwt(officer);
    const expired = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt' })
      .setExpirationTime('-1s')
      .sign(tokenKey);
    const response = await call('/api/reuse/v1/things', { token: expired });
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"');
    expect(await problem(response)).toMatchObject({
      code: 'token-expired',
      detail: 'Phiên làm việc đã hết hạn. Hãy đăng nhập lại.',
    });
  });

  it('know tokens that are forged, foreign or cut', async () => {
    const { privateKey } = await generateKeyPair('ES256');
    const forged = await new SignJWT({ kind: 'account', epoch: 0 })
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt' })
      .setIssuer('khoso')
      .setAudience('khoso')
      .setSubject('someone')
      .setExpirationTime('5m')
      .sign(privateKey);
    const unsigned = `${Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url')}.${officer.split('.')[1]}.`;
    for (const token of [forged, unsigned, officer.slice(0, -4), 'nonsense']) {
      expect((await problem(await call('/api/reuse/v1/things', { token })))['code']).toBe('unauthenticated');
    }
  });
});

describe('signing in', () => {
  const password = 'Mật khẩu 1';
  const newAccount = (username: string, more: object = {}) =>
    service.app.get(Accounts, { strict: false }).create({
      username,
      name: 'Người thử',
      roles: ['officer'],
      agencyCode: 'H27',
      password,
      mustChangePassword: false,
      ...more,
    });

  it('gives a token and says who it is for', async () => {
    await newAccount('Thu.Nghiem');
    const response = await signIn('thu.nghiem', password);
    expect(response.status).toBe(201);
    const session = (await response.json()) as { accessToken: string; expiresAt: string };
    expect(session).toMatchObject({
      mustChangePassword: false,
      account: { username: 'thu.nghiem', roles: ['officer'], agencyCode: 'H27' },
    });
    expect(await (await call('/api/auth/v1/me', { token: session.accessToken })).json()).toMatchObject({
      name: 'Người thử',
    });
  });

  it('does not tell an unknown name from a wrong password', async () => {
    await newAccount('ai.do');
    const [unknown, wrong] = await Promise.all([
      problem(await signIn('khong.ai', password)),
      problem(await signIn('ai.do', 'Sai mật khẩu 1')),
    ]);
    expect({ ...unknown, requestId: '' }).toEqual({ ...wrong, requestId: '' });
    expect(unknown['code']).toBe('login-failed');
  });

  it('locks the account after the allowed failures, even for the right password, and audits each', async () => {
    const { id } = await newAccount('hay.quen');
    const codes: unknown[] = [];
    for (let i = 0; i < 3; i++) codes.push((await problem(await signIn('hay.quen', 'Sai mật khẩu 1')))['code']);
    expect(codes).toEqual(['login-failed', 'login-failed', 'account-locked']);
    const locked = await signIn('hay.quen', password);
    expect(locked.status).toBe(429);
    expect(Number(locked.headers.get('retry-after'))).toBeGreaterThan(0);
    const { entries } = await service.app
      .get(AuditLog, { strict: false })
      .find({ events: ['login.failed', 'account.locked'], limit: 5 });
    expect(
      entries.filter(({ actor }) => actor?.id === id).map(({ event, detail }) => [event, detail?.['reason']]),
    ).toEqual([
      ['login.failed', 'LOCKED'],
      ['account.locked', undefined],
      ['login.failed', 'WRONG_PASSWORD'],
      ['login.failed', 'WRONG_PASSWORD'],
      ['login.failed', 'WRONG_PASSWORD'],
    ]);
  });

  it('counts guesses that arrive together', async () => {
    await newAccount('bi.tan.cong');
    const codes = await Promise.all(
      Array.from({ length: 6 }, async () => (await problem(await signIn('bi.tan.cong', 'Sai mật khẩu 1')))['code']),
    );
    expect(codes).toContain('account-locked');
    expect((await signIn('bi.tan.cong', password)).status).toBe(429);
  });

  it('forgives failures that ended with the right password', async () => {
    await newAccount('go.nham');
    for (let round = 0; round < 2; round++) {
      await signIn('go.nham', 'Sai mật khẩu 1');
      await signIn('go.nham', 'Sai mật khẩu 1');
      expect((await signIn('go.nham', password)).status).toBe(201);
    }
  });

  it('opens nothing but the password until the first one is changed (FR-83), and then ends the old token', async () => {
    await newAccount('nguoi.moi', { mustChangePassword: true });
    const { accessToken: token, mustChangePassword } = (await (await signIn('nguoi.moi', password)).json()) as {
      accessToken: string;
      mustChangePassword: boolean;
    };
    expect(mustChangePassword).toBe(true);
    expect((await problem(await call('/api/reuse/v1/things', { token })))['code']).toBe('password-change-required');
    const change = (newPassword: string) =>
      post('/api/auth/v1/password', { currentPassword: password, newPassword }, { token });
    expect((await problem(await change('yếu')))['code']).toBe('password-too-weak');
    expect((await problem(await change(password)))['code']).toBe('password-unchanged');
    expect((await change('Mật khẩu mới 2')).status).toBe(204);
    expect((await call('/api/auth/v1/me', { token })).status).toBe(401);
    const again = (await (await signIn('nguoi.moi', 'Mật khẩu mới 2')).json()) as { accessToken: string };
    expect((await call('/api/reuse/v1/things', { token: again.accessToken })).status).toBe(200);
  });

  it('takes a user name once, and no weak first password', async () => {
    await newAccount('trung.ten');
    await expect(newAccount('TRUNG.TEN')).rejects.toMatchObject({ code: 'username-taken' });
    await expect(newAccount('khac', { password: 'aaaaaaaa' })).rejects.toMatchObject({ code: 'password-too-weak' });
  });
});

describe('client credentials (RFC 6749 s. 4.4)', () => {
  const requestToken = (form: Record<string, string>, basic?: string) =>
    call('/oauth/token', {
      method: 'POST',
      body: new URLSearchParams(form),
      headers: basic === undefined ? {} : { authorization: `Basic ${Buffer.from(basic).toString('base64')}` },
    });

  it('by client_secret_basic: a token for the scopes asked for, which opens what they allow', async () => {
    const response = await requestToken(
      { grant_type: 'client_credentials', scope: 'reuse.query' },
      `khoso-demo-client:${clientSecret}`,
    );
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('no-store');
    const { access_token: token, ...rest } = (await response.json()) as { access_token: string };
    expect(rest).toMatchObject({ token_type: 'Bearer', expires_in: 900, scope: 'reuse.query' });
    expect((await call('/api/reuse/v1/things', { token })).status).toBe(200);
    expect((await create({ name: 'x' }, undefined, token)).status).toBe(403);
  });

  it('errors speak OAuth (RFC 6749 s. 5.2)', async () => {
    const wrong = await requestToken({ grant_type: 'client_credentials' }, 'khoso-demo-client:wrong');
    expect(wrong.status).toBe(401);
    expect(wrong.headers.get('www-authenticate')).toContain('Basic');
    expect(await problem(wrong)).toMatchObject({ error: 'invalid_client', code: 'client-authentication-failed' });
    const errorOf = async (form: Record<string, string>, basic?: string) =>
      (await problem(await requestToken(form, basic)))['error'];
    const right = `khoso-demo-client:${clientSecret}`;
    expect(await errorOf({ grant_type: 'password' }, right)).toBe('unsupported_grant_type');
    expect(await errorOf({ grant_type: 'client_credentials', scope: 'reuse.audit' }, right)).toBe('invalid_scope');
    expect(await errorOf({ grant_type: 'client_credentials' })).toBe('invalid_client');
    expect(await errorOf({})).toBe('invalid_request');
  });

  it('by private_key_jwt (RFC 7523): once per assertion, for this server, by the registered key', async () => {
    const { privateKey, publicKey } = await generateKeyPair('ES256');
    const stranger = await generateKeyPair('ES256');
    await service.app.get(Clients, { strict: false }).create({
      id: 'key-client',
      name: 'Hệ thống có khóa',
      agencyCode: 'H27',
      scopes: ['reuse.query'],
      keys: [{ ...(await exportJWK(publicKey)), kid: 'k1', alg: 'ES256' }],
    });
    const assertion = (claims: { audience?: string; key?: typeof privateKey; expires?: string; jti?: string } = {}) =>
      new SignJWT()
        .setProtectedHeader({ alg: 'ES256', kid: 'k1' })
        .setIssuer('key-client')
        .setSubject('key-client')
        .setAudience(claims.audience ?? `${service.url}/oauth/token`)
        .setJti(claims.jti ?? crypto.randomUUID())
        .setIssuedAt()
        .setExpirationTime(claims.expires ?? '2m')
        .sign(claims.key ?? privateKey);
    const ask = (client_assertion: string) =>
      requestToken({
        grant_type: 'client_credentials',
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion,
      });

    const good = await assertion();
    const response = await ask(good);
    expect(response.status).toBe(200);
    const { access_token: token } = (await response.json()) as { access_token: string };
    expect((await call('/api/reuse/v1/things', { token })).status).toBe(200);

    expect((await ask(good)).status).toBe(401);
    expect((await ask(await assertion({ audience: 'https://elsewhere.vn' }))).status).toBe(401);
    expect((await ask(await assertion({ key: stranger.privateKey }))).status).toBe(401);
    expect((await ask(await assertion({ expires: '-5m' }))).status).toBe(401);
    expect((await ask(await assertion({ expires: '2d' }))).status).toBe(401);
    expect((await ask('not.a.jwt')).status).toBe(401);
  });
});

describe('development accounts', () => {
  it('are those of the configuration, with random passwords in a file that only its owner reads', async () => {
    const path = join(dataDir, 'secrets', 'development-logins.json');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    const logins = JSON.parse(await readFile(path, 'utf8')) as {
      accounts: { username: string; password: string }[];
      client: { id: string };
    };
    expect(logins.accounts.map(({ username }) => username)).toEqual([
      'canbo',
      'canbo2',
      'lanhdao',
      'vanthu',
      'giamsat',
      'quantri',
      'congdan',
      'congdan2',
    ]);
    expect(new Set(logins.accounts.map(({ password }) => password)).size).toBe(8);
    expect(logins.client.id).toBe('khoso-demo-client');
    expect(await readFile(path, 'utf8')).not.toContain('042090000123');
  });

  it('give a citizen the key of his own documents, and an officer none', async () => {
    const accounts = service.app.get(Accounts, { strict: false });
    expect((await accounts.findByUsername('congdan'))?.subjectKey).toMatch(/^[0-9a-f]{64}$/);
    expect((await accounts.findByUsername('canbo'))?.subjectKey).toBeUndefined();
    expect((await accounts.findByRole('signer')).map(({ username }) => username)).toEqual(['lanhdao']);
  });
});

describe('the OpenAPI document', () => {
  it.each(['reuse', 'auth'])('of %s is valid OpenAPI 3.1', async (name) => {
    const document = (await (await call(`/api/${name}/openapi.json`)).json()) as Record<string, unknown>;
    const result = await new Validator().validate(document);
    expect(result.errors ?? []).toEqual([]);
    expect(result.valid).toBe(true);
    expect(document['openapi']).toBe('3.1.0');
  });

  it('tells what validation, permissions and idempotency say, without being told twice', async () => {
    const document = await (await call('/api/reuse/openapi.json')).json();
    expect(document).toMatchObject({
      paths: {
        '/api/reuse/v1/things': {
          post: {
            'x-permission': 'thing.write',
            security: [{ account: [] }],
            parameters: expect.arrayContaining([expect.objectContaining({ name: 'Idempotency-Key', in: 'header' })]),
            responses: {
              default: {
                content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
              },
            },
          },
          get: {
            parameters: [{ name: 'limit', in: 'query', required: false, schema: { type: 'integer', maximum: 100 } }],
          },
        },
      },
      components: {
        schemas: {
          ThingDto: {
            required: ['name'],
            properties: {
              name: { type: 'string', maxLength: 20 },
              subject: { $ref: '#/components/schemas/SubjectDto' },
            },
          },
          SubjectDto: { properties: { kind: { enum: ['person', 'business'] } } },
        },
      },
    });
    expect(Object.keys((document as { paths: object }).paths)).not.toContain('/oauth/token');
  });

  it('can be read in a browser', async () => {
    const page = await call('/api/reuse/docs');
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('swagger-ui');
    expect((await call('/api/reuse/docs/swagger-ui-bundle.js')).status).toBe(200);
  });
});

describe('health and metrics', () => {
  it('is live, started and ready, part by part', async () => {
    expect(await (await call('/health/live')).json()).toEqual({ status: 'up' });
    expect((await call('/health/startup')).status).toBe(200);
    expect(await (await call('/health/ready')).json()).toEqual({
      status: 'up',
      checks: { database: 'up', objects: 'up', queue: 'up' },
    });
  });

  it('is not ready, though alive, while a part is down', async () => {
    const health = service.app.get(HealthRegistry, { strict: false });
    let fails = true;
    health.register('scanner', async () => {
      if (fails) throw new Error('no scanner at postgres://user:password@db');
    });
    const response = await call('/health/ready');
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ status: 'down', checks: { scanner: 'down', database: 'up' } });
    expect((await call('/health/live')).status).toBe(200);
    fails = false;
    expect((await call('/health/ready')).status).toBe(200);
  });

  it('measures by route template, on a port of its own', async () => {
    await post('/api/reuse/v1/things/4711/closing', {}, { token: officer });
    const metrics = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
    expect(metrics).toMatch(
      /khoso_http_request_duration_seconds_count\{service="reuse",method="POST",route="\/api\/reuse\/v1\/things\/:id\/closing",status="204"\} 1/,
    );
    expect(metrics).toContain('khoso_http_problems_total{service="reuse",code="internal-error"}');
    expect(metrics).toContain('process_cpu_user_seconds_total');
    expect(metrics).not.toContain('things/4711');
    expect((await call('/metrics')).status).toBe(404);
  });
});
