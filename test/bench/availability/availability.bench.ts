import { availableParallelism } from 'node:os';
import { Clients } from '#platform/auth';
import { partsOf, runService } from '#platform/runtime';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { reuseService } from '../../../apps/reuse/src/reuse.module.js';
import type { Bench } from '../bench.js';
import { closedLoop, type LoadResult, openLoop } from '../measuring/load.js';
import { inTurn, secondsOf } from '../measuring/rounds.js';
import { median, percentile } from '../measuring/statistics.js';
import type { Figure } from '../report/figure.js';
import type { BenchDatabase, Workshop } from '../workshop.js';
import { Asker, tokenOf } from './ask.js';
import { type Recording, replay, StatementRecorder } from '../measuring/record-statements.js';
import { registryAgency, type Registry, seedRegistry, type Subject } from './seed-registry.js';

const clientId = 'khoso-bench';
const concurrency = 8;
/** The target's 200 questions a second on four cores, for the cores there are. */
const targetRate = Math.min(200, 50 * availableParallelism());
/** Below the enumeration guard's 30 as shipped: an official asks about so many people, then it is another's turn. */
const subjectsPerActor = 25;

/** Questions that never repeat a pair of official and person, so that each is a first look, as at a counter. */
const questions = (subjects: readonly Subject[], prefix: string) => {
  let asked = 0;
  return () => {
    const number = asked++;
    // Steps over the subjects in an order that no cache can foresee.
    const subject = subjects[(number * 7919) % subjects.length];
    if (!subject) throw new Error('There are no subjects');
    return { subject, actorId: `cb-${prefix}-${Math.floor(number / subjectsPerActor)}` };
  };
};

/** Has the product answer a few hundred questions in this process and keeps what it sent to the database. */
const recordRequests = async (
  env: NodeJS.ProcessEnv,
  registry: Registry,
  count: number,
): Promise<{ readonly recordings: readonly Recording[]; readonly secret: string }> => {
  const service = await runService([reuseService], { env: { ...env, PORT: '0', ROLE: 'api' } });
  try {
    const scopes = ['reuse.query', 'reuse.read'];
    const clients = service.app.get(Clients, { strict: false });
    const { secret } = await clients.create({ id: clientId, name: clientId, agencyCode: registryAgency, scopes });
    const recorder = new StatementRecorder(service.app.get(DataSource));
    const asker = new Asker(service.url, await tokenOf(service.url, clientId, secret), 1);
    const next = questions(registry.subjects, 'recorded');
    const recordings: Recording[] = [];
    await asker.ask(next());
    for (let index = 0; index < count; index += 1) {
      const question = next();
      recordings.push(
        await recorder.record(
          question.actorId,
          async (requestId) => void (await asker.ask({ ...question, requestId })),
        ),
      );
    }
    asker.close();
    return { recordings, secret };
  } finally {
    await service.stop();
  }
};

const measure = async (workshop: Workshop, database: BenchDatabase, registry: Registry): Promise<Figure[]> => {
  const { quick } = workshop;
  const [rounds, seconds] = quick ? [1, 2] : [3, 8];
  const env = workshop.environment(database);
  const { recordings, secret } = await recordRequests(env, registry, quick ? 100 : 600);
  const statements = median(recordings.map((recording) => recording.statements.length));

  const service = await workshop.serve('apps/reuse/src/main.js', { ...env, ROLE: 'api' });
  const asker = new Asker(service.url, await tokenOf(service.url, clientId, secret), 256);
  const pool = new pg.Pool({ connectionString: database.url, max: 20 });
  try {
    const next = questions(registry.subjects, 'asked');
    const overHttp = async (): Promise<void> => void (await asker.ask(next()));
    let replayed = 0;
    const straight = async (): Promise<void> => {
      const number = replayed++;
      const recording = recordings[number % recordings.length];
      if (recording) await replay(pool, recording, `cb-replayed-${number}`);
    };
    const load = { concurrency, seconds };
    await closedLoop({ concurrency, seconds: quick ? 1 : 4 }, overHttp);
    await closedLoop({ concurrency, seconds: 1 }, straight);
    const { http, sql } = await inTurn<'http' | 'sql', LoadResult>(rounds, {
      http: () => closedLoop(load, overHttp),
      sql: () => closedLoop(load, straight),
    });
    const arrivals = { rate: quick ? 50 : targetRate, seconds: quick ? 3 : 15 };
    const steady = await openLoop(arrivals, overHttp);

    const besideSql = `the same ${statements} statements straight through pg`;
    const samples = `${rounds} x ${seconds} s, ${concurrency} at once`;
    const latency = (share: number): Figure => ({
      measure: `p${share * 100} of a question, ${concurrency} at once`,
      value: median(http.map(({ latencies }) => percentile(latencies, share))),
      unit: 'ms',
      better: 'lower',
      beside: { name: 'the same straight', value: median(sql.map(({ latencies }) => percentile(latencies, share))) },
      samples: `${http.reduce((sum, { latencies }) => sum + latencies.length, 0)} questions`,
    });
    const atRate = (share: number, target: number): Figure => ({
      measure: `p${share * 100} at ${arrivals.rate} questions/s`,
      value: percentile(steady.latencies, share),
      unit: 'ms',
      better: 'lower',
      samples: `${steady.latencies.length} in ${arrivals.seconds} s, from when each was due`,
      target: { value: target, source: 'design of the reuse API: 200/s on 4 cores, 5 million' },
    });
    return [
      {
        measure: 'questions over HTTP',
        value: median(http.map(({ perSecond }) => perSecond)),
        unit: '/s',
        better: 'higher',
        beside: { name: besideSql, value: median(sql.map(({ perSecond }) => perSecond)) },
        samples,
      },
      latency(0.5),
      latency(0.99),
      atRate(0.95, 300),
      atRate(0.99, 800),
    ];
  } finally {
    asker.close();
    await pool.end();
    await service.stop();
  }
};

export const availabilityBench: Bench = {
  name: 'availability',
  about: 'POST /availability of the real service over a million documents, beside its own SQL without it',
  async run(workshop) {
    const database = await workshop.database('bench_availability', partsOf([reuseService]));
    const size = workshop.quick ? { owners: 8_000, subjects: 500 } : { owners: 400_000, subjects: 5_000 };
    let registry: Registry | undefined;
    const seconds = await secondsOf(async () => {
      registry = await seedRegistry(database.superuserUrl, workshop.identifierKeys, size);
    });
    if (!registry) throw new Error('Nothing was seeded');
    workshop.say(
      `  ${registry.documents} documents of ${registry.owners} owners seeded in ${seconds.toFixed(0)} s; ${registry.subjects.length} people asked about, each ` +
        `question a new pair of official and person; the enumeration guard stays as shipped (an official asks about ${subjectsPerActor})`,
    );
    return measure(workshop, database, registry);
  },
};
