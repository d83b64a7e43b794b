import { resolve } from 'node:path';
import { SettingsError } from './settings.error.js';
import { type Given, type Setting, settingsTable } from './settings-table.js';

type Table = typeof settingsTable;
type UnionToIntersection<U> = (U extends unknown ? (value: U) => void : never) extends (value: infer I) => void
  ? I
  : never;
type ValueOf<S> = S extends Setting<infer T> ? T : never;
type Entries = UnionToIntersection<Table[keyof Table]>;

type Flat = { readonly [Name in keyof Entries]: ValueOf<Entries[Name]> };
type Bundled =
  's3Endpoint' | 's3Region' | 's3Bucket' | 's3AccessKey' | 's3SecretKey' | 'enumerationSubjects' | 'enumerationMinutes';

/** Where the bucket is and how to enter it. */
export interface S3Settings {
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  readonly accessKey: string;
  readonly secretKey: string;
}

/** All settings, read and checked once at start. Folders are absolute paths. */
export type SettingsValues = Omit<Flat, Bundled> & {
  /** Only with `objectStore` = `s3`. */
  readonly s3?: S3Settings;
  readonly enumerationGuard: { readonly subjects: number; readonly minutes: number };
};

// A class whose members are those of the table: Nest needs a class as token, the table stays the only list of members.
const SettingsBase = class {} as unknown as abstract new () => SettingsValues;

/** Injection token of the settings, and their type. */
export abstract class Settings extends SettingsBase {}

const folders = ['dataDir', 'configDir', 'signingKeysDir'] as const;

/** What makes sense one by one but not together. */
const contradictions = (flat: Flat): string[] => {
  const faults: string[] = [];
  const requires = (variable: string, value: unknown, because: string) => {
    if (value === undefined) faults.push(`${variable}: is required ${because}`);
  };
  if (flat.queueBackend === 'redis') requires('REDIS_URL', flat.redisUrl, 'when the queue backend is redis');
  if (flat.objectStore === 's3') {
    requires('S3_ENDPOINT', flat.s3Endpoint, 'when the object store is s3');
    requires('S3_ACCESS_KEY', flat.s3AccessKey, 'when the object store is s3');
    requires('S3_SECRET_KEY', flat.s3SecretKey, 'when the object store is s3');
  }
  if (flat.databaseUrl) {
    // Replicas share the database, so a key made on one machine would be unreadable to the next.
    requires('IDENTIFIER_INDEX_KEY', flat.identifierIndexKey, 'with DATABASE_URL');
    requires('IDENTIFIER_ENCRYPTION_KEY', flat.identifierEncryptionKey, 'with DATABASE_URL');
    requires('TOKEN_SIGNING_KEY', flat.tokenSigningKey, 'with DATABASE_URL');
  } else if (flat.databaseOwnerUrl) {
    faults.push('DATABASE_OWNER_URL: has no meaning without DATABASE_URL');
  }
  if (flat.uploadMaxBytes > flat.dossierMaxBytes) faults.push('UPLOAD_MAX_BYTES: is larger than DOSSIER_MAX_BYTES');
  return faults;
};

/**
 * Reads and checks all settings.
 * @param env variables; an empty one counts as absent, as container tools pass them
 * @throws SettingsError with every fault, not only the first
 */
export const loadSettings = (env: NodeJS.ProcessEnv): Settings => {
  const faults: string[] = [];
  const given: Given = (variable) => env[variable]?.trim() || undefined;
  const read = ({ variable, type, fallback }: Setting<unknown>): unknown => {
    const value = given(variable);
    if (value === undefined) return fallback(given);
    try {
      return type.parse(value);
    } catch (fault) {
      faults.push(`${variable}: ${fault instanceof Error ? fault.message : String(fault)}`);
      return undefined;
    }
  };
  const entries = Object.values(settingsTable).flatMap((group) => Object.entries<Setting<unknown>>(group));
  const flat = Object.fromEntries(entries.map(([name, setting]) => [name, read(setting)])) as Flat;
  // Contradictions are judged only among values that could be read; a missing one would be reported twice.
  if (faults.length === 0) faults.push(...contradictions(flat));
  if (faults.length > 0) throw new SettingsError(faults);

  const { s3Endpoint, s3Region, s3Bucket, s3AccessKey, s3SecretKey, enumerationSubjects, enumerationMinutes, ...rest } =
    flat;
  const s3 =
    flat.objectStore === 's3' && s3Endpoint && s3AccessKey && s3SecretKey
      ? { endpoint: s3Endpoint, region: s3Region, bucket: s3Bucket, accessKey: s3AccessKey, secretKey: s3SecretKey }
      : undefined;
  return Object.freeze({
    ...rest,
    ...Object.fromEntries(folders.map((name) => [name, resolve(rest[name])])),
    ...(s3 && { s3 }),
    enumerationGuard: { subjects: enumerationSubjects, minutes: enumerationMinutes },
  });
};
