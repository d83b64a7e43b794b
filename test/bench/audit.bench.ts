import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AuditLog, AuditModule, auditPersistence, AuditVerifier } from '#platform/audit';
import { runInContext } from '#platform/observability';
import { createDataSource, PersistenceModule, TransactionRunner } from '#platform/persistence';
import pg from 'pg';
import type { Bench } from './bench.js';
import { closedLoop, type LoadResult } from './measuring/load.js';
import { replay, StatementRecorder } from './measuring/record-statements.js';
import { inTurn, secondsOf } from './measuring/rounds.js';
import { median, percentile } from './measuring/statistics.js';
import type { Workshop } from './workshop.js';

const concurrency = 8;
const source = 'design of the reuse API';

/** What a question about availability leaves in the log. */
const entry = (actorId: string) => ({
  event: 'availability.query',
  service: 'reuse',
  outcome: 'success' as const,
  actor: { kind: 'client' as const, id: actorId, name: 'Lê Thị Hoa', role: 'procedure-system' },
  agencyCode: 'H27.05.12',
  subjectKey: '5f3c'.repeat(16),
  procedureCode: '1.004222',
  dossierCode: 'H27.05.12-261102-0001',
  purposeCode: 'TTHC_INTAKE',
  legalBasis: 'STATE_DUTY',
  detail: {
    bulk: false,
    sources: ['local'],
    components: [{ componentId: 'TP-01', decision: 'REUSABLE', documentIds: [randomUUID()] }],
  },
});

const openLog = async (workshop: Workshop) => {
  const { url } = await workshop.database('bench_audit', [auditPersistence]);
  const dataSource = await createDataSource({ url, parts: [auditPersistence], poolSize: 20 });
  @Module({
    imports: [PersistenceModule.forRoot({ dataSource, identifierKeys: workshop.identifierKeys }), AuditModule],
  })
  class AuditBenchModule {}
  const application = await NestFactory.createApplicationContext(AuditBenchModule, { logger: ['error'] });
  return {
    dataSource,
    pool: new pg.Pool({ connectionString: url, max: concurrency + 2 }),
    log: application.get(AuditLog),
    verifier: application.get(AuditVerifier),
    transactions: application.get(TransactionRunner),
    close: () => application.close(),
  };
};

/** Age of the oldest entry outside the chain, again and again: no entry waited longer than what is seen. */
const watchLag = (pool: pg.Pool) => {
  const lags: number[] = [];
  const stopping = new AbortController();
  const watch = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const { rows } = await pool.query<{ lag: number | null }>(
        'SELECT extract(epoch FROM clock_timestamp() - min(at))::float AS lag FROM audit.pending',
      );
      lags.push(rows[0]?.lag ?? 0);
      await sleep(20);
    }
  };
  const watching = watch();
  return async (): Promise<readonly number[]> => {
    stopping.abort();
    await watching;
    return lags;
  };
};

const untilLinked = async (pool: pg.Pool): Promise<void> => {
  for (;;) {
    const { rows } = await pool.query<{ pending: boolean }>('SELECT EXISTS (SELECT FROM audit.pending) AS pending');
    if (rows[0]?.pending === false) return;
    await sleep(50);
  }
};

/** What the verifier reads, read and thrown away. */
const readOnly = async (pool: pg.Pool): Promise<void> => {
  const batch = 5000;
  for (let checked = 0; ;) {
    const { rows } = await pool.query<{ entry_id: string }>(
      'SELECT sequence, entry_id, prev_hash, hash FROM audit.link WHERE sequence > $1 ORDER BY sequence LIMIT $2',
      [checked, batch],
    );
    await pool.query('SELECT * FROM audit.entry WHERE id = ANY($1)', [rows.map((row) => row.entry_id)]);
    checked += rows.length;
    if (rows.length < batch) return;
  }
};

export const auditBench: Bench = {
  name: 'audit',
  about: 'entries appended by concurrent accesses, how far the chain is behind, and the whole chain verified',
  async run(workshop) {
    const { quick } = workshop;
    const [rounds, seconds, filling] = quick ? [1, 2, 3_000] : [3, 4, 40_000];
    const { dataSource, pool, log, verifier, transactions, close } = await openLog(workshop);
    try {
      const recording = await new StatementRecorder(dataSource).record('cb-recorded', (requestId) =>
        runInContext({ requestId, service: 'reuse', locale: 'vi' }, () =>
          transactions.run(async () => void (await log.append(entry('cb-recorded')))),
        ),
      );
      const append = async (): Promise<void> =>
        transactions.run(async () => void (await log.append(entry('cb-appended'))));
      const load = { concurrency, seconds };
      await closedLoop({ concurrency, seconds: 1 }, append);
      const stopWatching = watchLag(pool);
      const { appended, straight } = await inTurn<'appended' | 'straight', LoadResult>(rounds, {
        appended: () => closedLoop(load, append),
        straight: () => closedLoop(load, () => replay(pool, recording, 'cb-replayed')),
      });
      const lags = await stopWatching();

      for (let number = 0; number < filling; number += 500) {
        await transactions.run(async () => {
          for (let index = 0; index < 500; index += 1) await log.append(entry(`cb-${number + index}`));
        });
      }
      await untilLinked(pool);
      let checked = 0;
      const verify = async (): Promise<void> => {
        const verification = await verifier.verify();
        if (!verification.ok) throw new Error(`The chain does not hold: ${JSON.stringify(verification.firstFault)}`);
        checked = verification.checked;
      };
      await verify();
      const passes = quick ? 1 : 3;
      const times = await inTurn<'verified' | 'read', number>(passes, {
        verified: () => secondsOf(verify),
        read: () => secondsOf(() => readOnly(pool)),
      });
      return [
        {
          measure: 'entries appended, each in a transaction of its own',
          value: median(appended.map(({ perSecond }) => perSecond)),
          unit: 'rows/s',
          better: 'higher',
          beside: {
            name: 'the same statements straight through pg',
            value: median(straight.map(({ perSecond }) => perSecond)),
          },
          samples: `${rounds} x ${seconds} s, ${concurrency} at once`,
        },
        {
          measure: 'p99 of the chain lag meanwhile',
          value: percentile(lags, 0.99),
          unit: 's',
          better: 'lower',
          samples: `${lags.length} looks at the oldest entry outside the chain`,
          target: { value: 2, source },
        },
        {
          measure: 'entries verified',
          value: checked / median(times.verified),
          unit: 'rows/s',
          better: 'higher',
          beside: { name: 'the same rows only read', value: checked / median(times.read) },
          samples: `${passes} x ${checked} entries`,
          target: { value: 50_000, source },
        },
      ];
    } finally {
      await pool.end();
      await close();
    }
  },
};
