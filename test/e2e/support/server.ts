import { createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { INestApplicationContext } from '@nestjs/common';
import { Client as S3Client } from 'minio';
import pg from 'pg';
import { runService } from '#platform/runtime';
import { createTestDatabase, startRedis, startS3, testIdentifierKeys, type TestS3 } from '#testing';
import { KhosoClient } from '../../../apps/cli/src/api/khoso-client.js';
import type { DevelopmentLogins } from '../../../apps/cli/src/api/standalone-process.js';
import { ingestionService } from '../../../apps/ingestion/src/ingestion.module.js';
import { reuseService } from '../../../apps/reuse/src/reuse.module.js';
import { signingService } from '../../../apps/signing/src/signing.module.js';
import { Caller } from './api.js';
import { databaseOf } from './data-folder.js';

/** A way to run the product, and how to start it. */
export interface Mode {
  readonly name: 'embedded' | 'redis+s3';
  start(env?: NodeJS.ProcessEnv): Promise<Server>;
}

/** What is kept of everything that came in; two of these are equal when nothing was added. */
export interface Holdings {
  readonly dossiers: number;
  readonly scans: number;
  readonly documents: number;
  /** Names of stored objects and of what lies in scratch places. */
  readonly objects: readonly string[];
}

/** The three services in one process, with the accounts and keys of development. */
export interface Server {
  readonly mode: Mode['name'];
  readonly url: string;
  readonly app: INestApplicationContext;
  readonly logins: DevelopmentLogins;
  readonly tokenSigningKey: KeyObject;
  /** PEM of the development root certificate. */
  readonly rootFile: string;
  readonly stranger: Caller;
  get<T>(token: abstract new (...dependencies: never[]) => T): T;
  /** A signed-in person of `config/development/accounts.json`. */
  as(username: string): Promise<Caller>;
  /** The procedure system; every call names the official it acts for. */
  system(): Promise<Caller>;
  client(username: string): Promise<KhosoClient>;
  /** Runs a statement as the owner of the tables, past the application. */
  sql(statement: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
  /** Once no job is waiting or running. */
  holdings(): Promise<Holdings>;
  stop(): Promise<void>;
}

export interface OpenModes {
  readonly modes: readonly Mode[];
  /** Of the mode `redis+s3`. */
  readonly redisUrl?: string;
  close(): Promise<void>;
}

/**
 * The modes this machine can run: embedded always; Redis and S3 with the servers that the environment names, or the
 * installed redis-server and s3rver from npm.
 * @param suite named when a server is missing and its mode is left out
 */
export const openModes = async (suite: string): Promise<OpenModes> => {
  const redis = await startRedis(`${suite}, on Redis and S3`);
  const s3 = redis && (await startS3(`${suite}, on Redis and S3`));
  if (!redis || !s3) {
    await redis?.stop();
    return { modes: [embedded], close: async () => undefined };
  }
  return {
    modes: [embedded, { name: 'redis+s3', start: (env) => startOnRedisAndS3(redis.url, s3, env) }],
    redisUrl: redis.url,
    close: async () => {
      await redis.stop();
      await s3.stop();
    },
  };
};

const services = [ingestionService, signingService, reuseService];
const quiet = { PORT: '0', METRICS_PORT: '0', LOG_LEVEL: process.env.E2E_LOG_LEVEL ?? 'silent', CONFIG_DIR: 'config' };

const startEmbedded: Mode['start'] = async (env = {}) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'khoso-e2e-'));
  const removeFolder = () => rm(dataDir, { recursive: true, force: true });
  return run(
    'embedded',
    dataDir,
    { ...quiet, ...env, DATA_DIR: dataDir },
    {
      ownerUrl: async () => (await databaseOf(dataDir)).ownerUrl,
      objects: async () => [],
      cleanUp: removeFolder,
    },
  );
};

/** A data folder of its own with everything in it. */
export const embedded: Mode = { name: 'embedded', start: startEmbedded };

const startOnRedisAndS3 = async (redisUrl: string, s3: TestS3, env: NodeJS.ProcessEnv = {}): Promise<Server> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'khoso-e2e-'));
  const database = await createTestDatabase([]);
  const bucket = `khoso-e2e-${randomBytes(6).toString('hex')}`;
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const endpoint = new URL(s3.url);
  const client = new S3Client({
    ...{ endPoint: endpoint.hostname, port: Number(endpoint.port), useSSL: endpoint.protocol === 'https:' },
    ...{ accessKey: s3.accessKey, secretKey: s3.secretKey, region: s3.region, pathStyle: true },
  });
  return run(
    'redis+s3',
    dataDir,
    {
      ...quiet,
      ...env,
      DATA_DIR: dataDir,
      DEVELOPMENT_MODE: 'true',
      DATABASE_URL: database.url,
      DATABASE_OWNER_URL: database.ownerUrl,
      REDIS_URL: redisUrl,
      S3_ENDPOINT: s3.url,
      S3_REGION: s3.region,
      S3_BUCKET: bucket,
      S3_ACCESS_KEY: s3.accessKey,
      S3_SECRET_KEY: s3.secretKey,
      IDENTIFIER_INDEX_KEY: Buffer.from(testIdentifierKeys.index).toString('hex'),
      IDENTIFIER_ENCRYPTION_KEY: Buffer.from(testIdentifierKeys.encryption).toString('hex'),
      TOKEN_SIGNING_KEY: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    },
    {
      ownerUrl: async () => database.ownerUrl,
      objects: async () => {
        const names: string[] = [];
        // It is made with the first object.
        if (!(await client.bucketExists(bucket))) return names;
        for await (const { name } of client.listObjectsV2(bucket, '', true) as AsyncIterable<{ name?: string }>)
          names.push(name ?? '');
        return names;
      },
      cleanUp: async () => {
        await database.drop();
        await rm(dataDir, { recursive: true, force: true });
      },
    },
  );
};

const run = async (
  mode: Mode['name'],
  dataDir: string,
  env: NodeJS.ProcessEnv,
  around: {
    readonly ownerUrl: () => Promise<string>;
    readonly objects: () => Promise<readonly string[]>;
    readonly cleanUp: () => Promise<void>;
  },
): Promise<Server> => {
  const service = await runService(services, { env }).catch(async (error: unknown) => {
    await around.cleanUp();
    throw error;
  });
  const secret = (name: string): Promise<string> => readFile(join(dataDir, 'secrets', name), 'utf8');
  const logins = JSON.parse(await secret('development-logins.json')) as DevelopmentLogins;
  const tokenSigningKey = createPrivateKey(env.TOKEN_SIGNING_KEY ?? (await secret('token-signing.pem')));
  const ownerUrl = await around.ownerUrl();
  const tokens = new Map<string, Promise<string>>();
  const stranger = new Caller(service.url);

  const passwordOf = (username: string): string => {
    const login = logins.accounts.find((account) => account.username === username);
    if (!login) throw new Error(`There is no development account "${username}".`);
    return login.password;
  };
  const signIn = async (username: string): Promise<string> =>
    String(
      (await stranger.post('/api/auth/v1/sessions', { username, password: passwordOf(username) })).at('accessToken'),
    );
  const sql: Server['sql'] = async (statement, values = []) => {
    const client = new pg.Client({ connectionString: ownerUrl });
    await client.connect();
    try {
      return (await client.query(statement, values)).rows as Record<string, unknown>[];
    } finally {
      await client.end();
    }
  };

  return {
    ...{ mode, url: service.url, app: service.app, logins, tokenSigningKey, stranger, sql },
    rootFile: join(dataDir, 'keys/development/root.pem'),
    get: (token) => service.app.get(token, { strict: false }),
    as: async (username) => {
      // One session a person: hashing a password is slow on purpose.
      const token = tokens.get(username) ?? signIn(username);
      tokens.set(username, token);
      return new Caller(service.url, await token);
    },
    system: async () => {
      const { id, secret: password } = logins.client;
      const answer = await stranger.send(
        'POST',
        '/oauth/token',
        { authorization: `Basic ${Buffer.from(`${id}:${password}`).toString('base64')}` },
        new URLSearchParams({ grant_type: 'client_credentials' }),
      );
      return new Caller(service.url, String(answer.at('access_token')));
    },
    client: (username) => KhosoClient.signIn(service.url, username, passwordOf(username)),
    holdings: async () => {
      // A page being read has a scratch copy, which is none of our business.
      while ((await sql(`SELECT 1 FROM queue.job WHERE state IN ('PENDING', 'RUNNING')`)).length > 0) await sleep(100);
      const [counts] = await sql(`SELECT
        (SELECT count(*)::int FROM dossiers.dossier) AS dossiers,
        (SELECT count(*)::int FROM ingestion.scan) AS scans,
        (SELECT count(*)::int FROM records.document) AS documents`);
      const { dossiers, scans, documents } = counts as Record<'dossiers' | 'scans' | 'documents', number>;
      const files = ['objects', 'incoming']
        .map((folder) => join(dataDir, folder))
        .filter((folder) => existsSync(folder))
        .flatMap((folder) => readdirSync(folder, { recursive: true, withFileTypes: true }))
        .filter((entry) => entry.isFile())
        .map((entry) => entry.name);
      return { dossiers, scans, documents, objects: [...files, ...(await around.objects())].sort() };
    },
    stop: async () => {
      await service.stop();
      await around.cleanUp();
    },
  };
};
