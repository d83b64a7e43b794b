import { parseArgs } from 'node:util';
import { auditBench } from './audit.bench.js';
import { availabilityBench } from './availability/availability.bench.js';
import type { Bench } from './bench.js';
import { jobsBench } from './jobs/jobs.bench.js';
import { ocrBench } from './ocr.bench.js';
import { type Figure, meetsTarget } from './report/figure.js';
import { loads, machineFacts } from './report/machine.js';
import { jsonOf, readable, tableOf } from './report/print-figures.js';
import { signaturesBench } from './signatures.bench.js';
import { uploadBench } from './upload/upload.bench.js';
import { serverSettings, Workshop } from './workshop.js';

const benches: readonly Bench[] = [availabilityBench, uploadBench, jobsBench, signaturesBench, auditBench, ocrBench];

const usage = `npm run bench [-- name ...] [--quick] [--json]

  --quick  20,000 documents and short rounds: whether it runs, not how fast
  --json   one JSON object a line (npm run -s bench -- --json)

${benches.map(({ name, about }) => `  ${name.padEnd(13)} ${about}`).join('\n')}`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean' }, quick: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
});
const unknown = positionals.filter((name) => !benches.some((bench) => bench.name === name));
if (values.help || unknown.length > 0) {
  console.error(unknown.length > 0 ? `There is no bench "${unknown.join('", "')}".\n\n${usage}` : usage);
  process.exit(unknown.length > 0 ? 2 : 0);
}

const say = (text: string): void => void process.stderr.write(`${text}\n`);
const print = (text: string): void => void process.stdout.write(`${text}\n`);
const workshop = await Workshop.open({ quick: values.quick ?? false, say });
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    say('\nStopping ...');
    void workshop.close().finally(() => process.exit(130));
  });
}

const facts = machineFacts();
if (values.json) print(JSON.stringify({ machine: facts, serverSettings }));
else {
  print(
    Object.entries(facts)
      .map(([name, value]) => `${name} ${value}`)
      .join(', '),
  );
  print(
    `PostgreSQL with ${Object.entries(serverSettings)
      .map(([name, value]) => `${name}=${value}`)
      .join(' ')}, else as shipped`,
  );
  print('Every figure stands beside a floor or peer of the same run. On a machine that does other things the figures');
  print(
    'are noisy and the ratios are what counts. Each is a median after a warm-up, or the percentile that it says. Nothing is asserted.',
  );
}

const missed: string[] = [];
try {
  for (const bench of benches.filter(({ name }) => positionals.length === 0 || positionals.includes(name))) {
    const start = performance.now();
    if (!values.json) print(`\n${bench.name}: ${bench.about}`);
    const figures: readonly Figure[] = await bench.run(workshop);
    for (const figure of figures) {
      if (values.json) print(jsonOf(bench.name, figure));
      if (meetsTarget(figure) === false) {
        const { measure, value, unit, target } = figure;
        missed.push(
          `${bench.name}: ${measure}: ${readable(value)} ${unit}, target ${readable(target?.value ?? 0)} (${target?.source ?? ''})`,
        );
      }
    }
    if (!values.json)
      print(`${tableOf(figures)}\n  (${((performance.now() - start) / 1000).toFixed(0)} s, load ${loads()})`);
  }
  const servers = Object.entries(workshop.servers).map(([name, version]) => `${name} ${version}`);
  if (values.json) print(JSON.stringify({ servers: workshop.servers }));
  else {
    if (servers.length > 0) print(`\nMeasured with ${servers.join(' and ')}.`);
    print(
      missed.length === 0 ? '\nEvery target that was measured is met.' : `\nOver target:\n  ${missed.join('\n  ')}`,
    );
  }
} finally {
  await workshop.close();
}
