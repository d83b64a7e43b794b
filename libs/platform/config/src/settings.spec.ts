import { describe, expect, it } from '@jest/globals';
import { generateKeyPairSync } from 'node:crypto';
import { isAbsolute } from 'node:path';
import { loadSettings, SettingsError } from './index.js';

const pem = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  .privateKey.export({ type: 'pkcs8', format: 'pem' })
  .toString();
const production = {
  DATABASE_URL: 'postgresql://khoso_app:x@db/khoso',
  IDENTIFIER_INDEX_KEY: 'ab'.repeat(32),
  IDENTIFIER_ENCRYPTION_KEY: 'cd'.repeat(32),
  TOKEN_SIGNING_KEY: pem,
};

const faultsOf = (env: NodeJS.ProcessEnv): readonly string[] => {
  try {
    loadSettings(env);
  } catch (error) {
    if (error instanceof SettingsError) return error.faults;
    throw error;
  }
  return [];
};

describe('settings', () => {
  it('run everything embedded, in development mode, when nothing is set', () => {
    const settings = loadSettings({});
    expect(settings).toMatchObject({
      role: 'all',
      port: 3000,
      publicUrl: 'http://127.0.0.1:3000',
      queueBackend: 'postgres',
      objectStore: 'filesystem',
      developmentMode: true,
      enumerationGuard: { subjects: 30, minutes: 10 },
    });
    expect(settings.databaseUrl).toBeUndefined();
    expect(settings.s3).toBeUndefined();
  });

  it('leave development mode as soon as one part is not embedded, unless it is asked for', () => {
    expect(loadSettings(production).developmentMode).toBe(false);
    expect(loadSettings({ ...production, DEVELOPMENT_MODE: 'true' }).developmentMode).toBe(true);
    expect(loadSettings({ REDIS_URL: 'redis://cache' }).developmentMode).toBe(false);
  });

  it('choose Redis and S3 by their addresses', () => {
    const settings = loadSettings({
      REDIS_URL: 'redis://cache',
      S3_ENDPOINT: 'http://minio:9000',
      S3_ACCESS_KEY: 'a',
      S3_SECRET_KEY: 'b',
    });
    expect(settings.queueBackend).toBe('redis');
    expect(settings.s3).toEqual({
      endpoint: 'http://minio:9000',
      region: 'us-east-1',
      bucket: 'khoso',
      accessKey: 'a',
      secretKey: 'b',
    });
  });

  it('treat an empty variable as absent, as container tools pass it', () => {
    expect(loadSettings({ DATABASE_URL: '', PORT: ' ' }).port).toBe(3000);
  });

  it('turn folders into absolute paths', () => {
    expect(isAbsolute(loadSettings({ DATA_DIR: 'here' }).dataDir)).toBe(true);
  });

  it('accept a private key written on one line', () => {
    expect(loadSettings({ TOKEN_SIGNING_KEY: pem.trim().replaceAll('\n', '\\n') }).tokenSigningKey).toBe(pem);
  });

  it('name every fault at once, and no value of a secret', () => {
    const faults = faultsOf({
      ROLE: 'boss',
      PORT: '70000',
      OCR_CONFIDENCE_THRESHOLD: '1.5',
      DATABASE_URL: 'mysql://user:hunter2@db/x',
      IDENTIFIER_INDEX_KEY: 'short',
    });
    expect(faults.map((fault) => fault.split(':')[0])).toEqual([
      'ROLE',
      'PORT',
      'DATABASE_URL',
      'IDENTIFIER_INDEX_KEY',
      'OCR_CONFIDENCE_THRESHOLD',
    ]);
    expect(faults.join()).not.toMatch(/hunter2|short/);
  });

  it('refuse settings that contradict each other', () => {
    expect(faultsOf({ DATABASE_URL: production.DATABASE_URL })).toEqual([
      'IDENTIFIER_INDEX_KEY: is required with DATABASE_URL',
      'IDENTIFIER_ENCRYPTION_KEY: is required with DATABASE_URL',
      'TOKEN_SIGNING_KEY: is required with DATABASE_URL',
    ]);
    expect(faultsOf({ QUEUE_BACKEND: 'redis' })).toHaveLength(1);
    expect(faultsOf({ S3_ENDPOINT: 'http://minio:9000' })).toHaveLength(2);
    expect(faultsOf({ UPLOAD_MAX_BYTES: '2000', DOSSIER_MAX_BYTES: '1024' })).toHaveLength(1);
    expect(faultsOf({ DATABASE_OWNER_URL: 'postgres://o@db/x' })).toHaveLength(1);
  });

  it('cannot be changed after start', () => {
    expect(Object.isFrozen(loadSettings({}))).toBe(true);
  });
});
