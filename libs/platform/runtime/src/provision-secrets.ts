import type { Settings } from '#platform/config';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
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
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  await writeFile(draft, make(), { mode: 0o600, flag: 'wx' });
  try {
    // A link appears whole or not at all, and once: of two processes that start together, the second reads the first's key.
    await link(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(draft);
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
