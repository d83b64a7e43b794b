import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StandaloneProcess } from '../api/standalone-process.js';
import { callerPath, productRoot } from '../caller-path.js';
import { OneFlow } from '../flow/one-flow.js';
import { readSampleSet } from '../samples/sample-set.js';
import { bold, dim, green, ProgressLine, say } from '../terminal.js';

export interface DemoOptions {
  readonly out: string;
  readonly keep?: boolean;
}

/**
 * Runs the one flow on a fresh data folder and writes the documents it made.
 * @returns exit code: 0 only if every step held
 */
export async function demo(options: DemoOptions): Promise<number> {
  const out = callerPath(options.out);
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  const dataDir = await mkdtemp(join(tmpdir(), 'khoso-demo-'));
  say(bold('Khoso: one document through its whole life'));
  const server = await StandaloneProcess.start(productRoot, {
    dataDir,
    port: await freePort(),
    env: { METRICS_PORT: '0' },
  });
  let failed = false;
  try {
    const flow = new OneFlow(server.url, server.logins(), readSampleSet(productRoot), {
      keep: (name, bytes) => writeFile(join(out, name), bytes),
    });
    for (const step of flow.steps) {
      const startedAt = performance.now();
      const line = new ProgressLine(step.title);
      try {
        const proofs = await step.run((done, total, note) => line.update(done, total, note));
        line.end(
          `${bold(String(step.number))} ${step.title} ${dim(`${((performance.now() - startedAt) / 1000).toFixed(2)} s`)}`,
        );
        for (const proof of proofs) say(`      ${dim(proof)}`);
      } catch (error) {
        say(`  ✗ ${step.number} ${step.title}: ${error instanceof Error ? error.message : String(error)}`);
        failed = true;
        break;
      }
    }
  } finally {
    await server.stop();
    if (options.keep || failed) say(`Data folder: ${dataDir}`);
    else await rm(dataDir, { recursive: true, force: true });
  }
  say(failed ? 'A step did not hold.' : `${green('Every step held.')} Documents are in ${options.out}/.`);
  return failed ? 1 : 0;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('No free port')),
      );
    });
  });
}
