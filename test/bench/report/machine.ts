import { cpus, loadavg, totalmem } from 'node:os';

/** What the figures were measured on. */
export const machineFacts = (): Readonly<Record<string, string | number>> => {
  const processors = cpus();
  return {
    processor: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    openssl: process.versions.openssl,
    load: loads(),
  };
};

/** Load averages of 1, 5 and 15 minutes: what else was running. */
export const loads = (): string =>
  loadavg()
    .map((load) => load.toFixed(1))
    .join(' ');
