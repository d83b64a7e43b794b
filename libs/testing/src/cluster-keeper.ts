// A process of its own, started by test-cluster.ts: stops the shared test cluster once no process uses it any more.
// Imports nothing of ours, so that Node runs it from source.
import { readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const folder = process.argv[2] ?? '';
const stopping = `${folder}.${process.pid}`;
const roundMs = 2000;
const idleRounds = 5;

// A lease of a process that has ended but that nobody waited for (state Z) is over too.
const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return process.platform !== 'linux' || !/\) [ZX] [^)]*$/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
};

const inUse = (cluster: string): boolean => readdirSync(join(cluster, 'leases')).some((pid) => isAlive(Number(pid)));

for (let idle = 0; idle < idleRounds;) {
  await sleep(roundMs);
  idle = inUse(folder) ? 0 : idle + 1;
  if (idle < idleRounds) continue;
  // From here on a newcomer finds no cluster and makes its own; one who came in this very moment gets it back.
  renameSync(folder, stopping);
  if (inUse(stopping)) {
    renameSync(stopping, folder);
    idle = 0;
  }
}
const server = Number(readFileSync(join(stopping, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
process.kill(server, 'SIGINT');
for (let waited = 0; isAlive(server) && waited < 60_000; waited += 100) await sleep(100);
rmSync(stopping, { recursive: true, force: true });
