import type { Settings } from '#platform/config';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const secrets = {
  identifierIndexKey: { file: 'identifier-index.key', make: () => randomBytes(32).toString('hex') },
  identifierEncryptionKey: { file: 'identifier-encryption.key', make: () => randomBytes(32).toString('hex') },
  tokenSigningKey: {
    file: 'token-signing.pem',
    make: () =>
      generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  },
} as const;

type SecretName = keyof typeof secrets;
export type ProvisionedSettings = Settings & { readonly [Name in SecretName]: string };

const readOrMake = async (path: string, make: () => string): Promise<string> => {
  try {
    // `wx` decides between two processes that start at once: the second reads what the first has written.
    await writeFile(path, make(), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  return (await readFile(path, 'utf8')).trim();
};

/**
 * The settings with all keys in place: those of the environment, and for the embedded database the ones in
 * `<dataDir>/secrets`, made at first start, readable by the owner only.
 */
export const provisionSecrets = async (settings: Settings): Promise<ProvisionedSettings> => {
  const folder = join(settings.dataDir, 'secrets');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const named = async (name: SecretName) =>
    [name, settings[name] ?? (await readOrMake(join(folder, secrets[name].file), secrets[name].make))] as const;
  const keys = Object.fromEntries(await Promise.all((Object.keys(secrets) as SecretName[]).map(named)));
  return Object.freeze({ ...settings, ...(keys as Record<SecretName, string>) });
};
