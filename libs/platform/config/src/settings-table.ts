import { availableParallelism } from 'node:os';
import { choice, decimal, flag, integer, key, privateKey, type SettingType, text, url } from './setting-types.js';

/** What is already known when a default is worked out: the texts of the environment, empty ones left out. */
export type Given = (variable: string) => string | undefined;

export interface Setting<T> {
  /** Name of the environment variable. */
  readonly variable: string;
  readonly type: SettingType<T>;
  /** What it decides; one sentence for the reference. */
  readonly meaning: string;
  /** Never shown: not in the reference's examples, not in a fault's text. */
  readonly secret?: boolean;
  readonly fallback: (given: Given) => T;
  /** The fallback in words, for the reference. */
  readonly fallbackText: string;
}

interface Wording {
  readonly meaning: string;
  readonly secret?: boolean;
}

/** With a fixed default. */
const setting = <T extends string | number | boolean>(
  variable: string,
  type: SettingType<T>,
  value: NoInfer<T>,
  wording: Wording,
): Setting<T> => ({
  variable,
  type,
  ...wording,
  fallback: () => value,
  fallbackText: `\`${value}\``,
});

/** With a default that follows from the machine or from other settings. */
const derived = <T>(
  variable: string,
  type: SettingType<T>,
  fallback: (given: Given) => NoInfer<T>,
  fallbackText: string,
  wording: Wording,
): Setting<T> => ({
  variable,
  type,
  ...wording,
  fallback,
  fallbackText,
});

/** May be absent. */
const optional = <T>(
  variable: string,
  type: SettingType<T>,
  absent: string,
  wording: Wording,
): Setting<T | undefined> => ({
  variable,
  type,
  ...wording,
  fallback: () => undefined,
  fallbackText: absent,
});

const mebibyte = 1024 * 1024;
const isEmbedded = (given: Given): boolean => !given('DATABASE_URL') && !given('REDIS_URL') && !given('S3_ENDPOINT');

/**
 * Every setting of every process: the one place where names, defaults and meanings are written. `config/settings.md`
 * is printed from it. Groups become headings there and nothing else.
 */
export const settingsTable = {
  process: {
    role: setting('ROLE', choice('api', 'worker', 'all'), 'all', {
      meaning: 'What this process does: answer HTTP calls, run queue jobs, or both.',
    }),
    host: setting('HOST', text(), '127.0.0.1', { meaning: 'Address to listen on; `0.0.0.0` inside a container.' }),
    port: setting('PORT', integer({ min: 0, max: 65_535 }), 3000, {
      meaning: 'Port of the API; a worker answers only the health checks on it. `0` takes a free one.',
    }),
    metricsPort: setting('METRICS_PORT', integer({ min: 0, max: 65_535 }), 9464, {
      meaning: 'Port of `/metrics` for Prometheus, on the same address. `0` switches it off.',
    }),
    publicUrl: derived(
      'PUBLIC_URL',
      url('http', 'https'),
      (given) => `http://${given('HOST') ?? '127.0.0.1'}:${given('PORT') ?? '3000'}`,
      '`http://HOST:PORT`',
      { meaning: 'Address under which callers reach the service, without a path; used in links and problem types.' },
    ),
    trustedProxies: optional('TRUSTED_PROXIES', text(), 'none trusted', {
      meaning:
        'Comma-separated addresses or CIDR ranges whose `X-Forwarded-For` is believed when the source address is logged.',
    }),
    logLevel: setting('LOG_LEVEL', choice('trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'), 'info', {
      meaning: 'Lowest level that is logged.',
    }),
    developmentMode: derived(
      'DEVELOPMENT_MODE',
      flag(),
      isEmbedded,
      '`true` when database, queue and objects are all embedded, else `false`',
      {
        meaning:
          'Seeds accounts, an API client and a development PKI, and marks every signature TEST. Never in production.',
      },
    ),
  },
  data: {
    dataDir: setting('DATA_DIR', text(), './data', {
      meaning: 'Folder of the embedded database, the objects and the generated secrets.',
    }),
    configDir: setting('CONFIG_DIR', text(), './config', {
      meaning: 'Folder of the seed catalogues and development accounts.',
    }),
    databaseUrl: optional('DATABASE_URL', url('postgres', 'postgresql'), 'PostgreSQL embedded in `DATA_DIR`', {
      meaning: 'PostgreSQL 15 or later, as the application role.',
      secret: true,
    }),
    databaseOwnerUrl: optional('DATABASE_OWNER_URL', url('postgres', 'postgresql'), 'migrations are not run at start', {
      meaning: 'The same database as the owner role, for migrations at start.',
      secret: true,
    }),
    databasePoolSize: setting('DATABASE_POOL_SIZE', integer({ min: 2, max: 200 }), 20, {
      meaning: 'Most connections one process opens to the database.',
    }),
  },
  queue: {
    redisUrl: optional('REDIS_URL', url('redis', 'rediss'), 'jobs travel through PostgreSQL', {
      meaning: 'Redis 6.2 or later for the queue.',
      secret: true,
    }),
    queueBackend: derived(
      'QUEUE_BACKEND',
      choice('postgres', 'redis'),
      (given) => (given('REDIS_URL') ? 'redis' : 'postgres'),
      '`redis` when `REDIS_URL` is set, else `postgres`',
      { meaning: 'What carries jobs to the workers.' },
    ),
    jobConcurrency: derived(
      'JOB_CONCURRENCY',
      integer({ min: 1, max: 256 }),
      () => Math.max(2, availableParallelism()),
      'number of processors, at least `2`',
      { meaning: 'Jobs one worker process runs at a time, per queue.' },
    ),
  },
  objects: {
    objectStore: derived(
      'OBJECT_STORE',
      choice('filesystem', 's3'),
      (given) => (given('S3_ENDPOINT') ? 's3' : 'filesystem'),
      '`s3` when `S3_ENDPOINT` is set, else `filesystem`',
      { meaning: 'Where document bytes are kept.' },
    ),
    s3Endpoint: optional('S3_ENDPOINT', url('http', 'https'), 'files in `DATA_DIR`', {
      meaning: 'Address of MinIO or another S3 service.',
    }),
    s3Region: setting('S3_REGION', text(), 'us-east-1', { meaning: 'Region the bucket is in.' }),
    s3Bucket: setting('S3_BUCKET', text(), 'khoso', { meaning: 'Bucket of the objects.' }),
    s3AccessKey: optional('S3_ACCESS_KEY', text(), 'required with `S3_ENDPOINT`', {
      meaning: 'Access key of the bucket.',
      secret: true,
    }),
    s3SecretKey: optional('S3_SECRET_KEY', text(), 'required with `S3_ENDPOINT`', {
      meaning: 'Secret key of the bucket.',
      secret: true,
    }),
  },
  secrets: {
    identifierIndexKey: optional(
      'IDENTIFIER_INDEX_KEY',
      key(),
      'made in `DATA_DIR/secrets` when the database is embedded; else required',
      {
        meaning: 'Key of the blind index over personal numbers. Changing it orphans every record.',
        secret: true,
      },
    ),
    identifierEncryptionKey: optional(
      'IDENTIFIER_ENCRYPTION_KEY',
      key(),
      'made in `DATA_DIR/secrets` when the database is embedded; else required',
      {
        meaning: 'Key that encrypts personal numbers at rest. Losing it loses them.',
        secret: true,
      },
    ),
    tokenSigningKey: optional(
      'TOKEN_SIGNING_KEY',
      privateKey(),
      'made in `DATA_DIR/secrets` when the database is embedded; else required',
      {
        meaning: 'P-256 key that signs access tokens; the same for all services.',
        secret: true,
      },
    ),
    signingKeysDir: derived(
      'SIGNING_KEYS_DIR',
      text(),
      (given) => `${given('DATA_DIR') ?? './data'}/keys`,
      '`DATA_DIR/keys`',
      {
        meaning: 'Folder of PKCS#12 signing keys and, in development, of the development PKI.',
      },
    ),
  },
  access: {
    officerTokenMinutes: setting('OFFICER_TOKEN_MINUTES', integer({ min: 1, max: 1440 }), 480, {
      meaning: 'Life of the access token of a person working for an agency: one working day.',
    }),
    accessTokenMinutes: setting('ACCESS_TOKEN_MINUTES', integer({ min: 1, max: 1440 }), 15, {
      meaning: 'Life of the access token of a citizen or a client system.',
    }),
    loginFailuresAllowed: setting('LOGIN_FAILURES_ALLOWED', integer({ min: 1, max: 100 }), 5, {
      meaning: 'Wrong passwords in a row before an account is locked.',
    }),
    loginLockMinutes: setting('LOGIN_LOCK_MINUTES', integer({ min: 1, max: 1440 }), 15, {
      meaning: 'How long such a lock lasts.',
    }),
    grantMaxDays: setting('GRANT_MAX_DAYS', integer({ min: 1, max: 3650 }), 180, {
      meaning: 'Longest life of a grant, however long the dossier stays open.',
    }),
    enumerationSubjects: setting('ENUMERATION_SUBJECTS', integer({ min: 1 }), 30, {
      meaning: 'Distinct persons one caller may ask about within `ENUMERATION_MINUTES` (FR-82).',
    }),
    enumerationMinutes: setting('ENUMERATION_MINUTES', integer({ min: 1, max: 1440 }), 10, {
      meaning: 'The window of that guard.',
    }),
  },
  digitisation: {
    uploadMaxBytes: setting('UPLOAD_MAX_BYTES', integer({ min: 1024 }), 20 * mebibyte, {
      meaning: 'Largest file in one upload, bytes (FR-11).',
    }),
    dossierMaxBytes: setting('DOSSIER_MAX_BYTES', integer({ min: 1024 }), 100 * mebibyte, {
      meaning: 'Largest sum of the files of one dossier, bytes.',
    }),
    scanMaxPages: setting('SCAN_MAX_PAGES', integer({ min: 1 }), 300, { meaning: 'Most pages of one scan.' }),
    scanMaxPixels: setting('SCAN_MAX_PIXELS', integer({ min: 1 }), 268_000_000, {
      meaning: 'Most pixels of one page image; larger ones are refused before they are decoded.',
    }),
    scanMinDpi: setting('SCAN_MIN_DPI', integer({ min: 1, max: 2400 }), 200, {
      meaning: 'Lowest scan resolution, dots per inch.',
    }),
    ocrConfidenceThreshold: setting('OCR_CONFIDENCE_THRESHOLD', decimal({ min: 0, max: 1 }), 0.9, {
      meaning: 'Fields read with less confidence are marked for the officer.',
    }),
    ocrWorkers: derived(
      'OCR_WORKERS',
      integer({ min: 1, max: 256 }),
      () => Math.max(1, availableParallelism() - 1),
      'number of processors less one, at least `1`',
      {
        meaning: 'OCR child processes of one worker.',
      },
    ),
    ocrPageTimeoutMs: setting('OCR_PAGE_TIMEOUT_MS', integer({ min: 1000 }), 60_000, {
      meaning: 'A page that takes longer is stopped and tried again, ms.',
    }),
  },
} as const;
