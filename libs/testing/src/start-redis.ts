import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { freePort } from '#platform/persistence';
import { reportMissingServer, type TestServer } from './test-server.js';

/**
 * The Redis server that REDIS_URL names, or the installed `redis-server` on a free port, keeping nothing on disk.
 * @param suite named in the notice when there is neither
 * @returns undefined when there is neither
 */
export const startRedis = async (suite: string): Promise<TestServer | undefined> => {
  const named = process.env.REDIS_URL;
  if (named) return { url: named, stop: async () => undefined };
  const port = await freePort();
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', tmpdir()];
  const server = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'ignore'] });
  const kill = (): void => void server.kill('SIGKILL');
  const ready = new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false));
    server.once('exit', () => resolve(false));
    server.stdout.on('data', (text) => String(text).includes('Ready to accept connections') && resolve(true));
  });
  if (!(await ready)) {
    reportMissingServer(suite, 'install Redis (Debian: apt-get install redis-server) or set REDIS_URL');
    return undefined;
  }
  process.once('exit', kill);
  return {
    url: `redis://127.0.0.1:${port}`,
    stop: async () => {
      process.off('exit', kill);
      server.kill('SIGTERM');
      await once(server, 'exit');
    },
  };
};
