import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { type TestDatabase, testIdentifierKeys } from '#testing';

/** The settings of a service under test, on a database and a folder of its own, any free port, and quiet. */
export const serviceEnvironment = (
  database: TestDatabase,
  dataDir: string,
  settings: NodeJS.ProcessEnv = {},
): { readonly env: NodeJS.ProcessEnv; readonly tokenSigningKey: KeyObject } => {
  const tokenSigningKey = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  return {
    tokenSigningKey,
    env: {
      DATABASE_URL: database.url,
      DATABASE_OWNER_URL: database.ownerUrl,
      DATA_DIR: dataDir,
      CONFIG_DIR: 'config',
      PORT: '0',
      METRICS_PORT: '0',
      LOG_LEVEL: 'silent',
      DEVELOPMENT_MODE: 'false',
      IDENTIFIER_INDEX_KEY: Buffer.from(testIdentifierKeys.index).toString('hex'),
      IDENTIFIER_ENCRYPTION_KEY: Buffer.from(testIdentifierKeys.encryption).toString('hex'),
      TOKEN_SIGNING_KEY: tokenSigningKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      ...settings,
    },
  };
};
