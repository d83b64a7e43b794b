import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { reportMissingServer, type TestServer } from './test-server.js';

/** What the adapter needs to reach the server. */
export interface TestS3 extends TestServer {
  readonly region: string;
  readonly accessKey: string;
  readonly secretKey: string;
}

// The package has no types of its own.
interface S3rver {
  run(): Promise<{ port: number }>;
  close(): Promise<void>;
}
type S3rverClass = new (options: Record<string, unknown>) => S3rver;

/**
 * The S3 server that S3_ENDPOINT (with S3_REGION, S3_ACCESS_KEY, S3_SECRET_KEY) names, or s3rver from npm on a free port.
 * @param suite named in the notice when there is neither
 * @returns undefined when there is neither
 */
export const startS3 = async (suite: string): Promise<TestS3 | undefined> => {
  const { S3_ENDPOINT, S3_REGION, S3_ACCESS_KEY, S3_SECRET_KEY } = process.env;
  const stop = async (): Promise<void> => undefined;
  if (S3_ENDPOINT && S3_ACCESS_KEY && S3_SECRET_KEY) {
    return {
      url: S3_ENDPOINT,
      region: S3_REGION ?? 'us-east-1',
      accessKey: S3_ACCESS_KEY,
      secretKey: S3_SECRET_KEY,
      stop,
    };
  }
  const require = createRequire(import.meta.url);
  let S3rver: S3rverClass;
  try {
    S3rver = require('@20minutes/s3rver') as S3rverClass;
  } catch {
    reportMissingServer(
      suite,
      'npm install (it brings @20minutes/s3rver), or set S3_ENDPOINT, S3_ACCESS_KEY and S3_SECRET_KEY',
    );
    return undefined;
  }
  const directory = await mkdtemp(join(tmpdir(), 'khoso-test-s3-'));
  const server = new S3rver({ address: '127.0.0.1', port: 0, silent: true, directory });
  const { port } = await server.run();
  return {
    url: `http://127.0.0.1:${port}`,
    region: 'us-east-1',
    accessKey: 'S3RVER',
    secretKey: 'S3RVER',
    stop: async () => {
      await server.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
};
