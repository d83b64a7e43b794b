import { randomUUID } from 'node:crypto';
import { newId } from '#kernel';
import { currentContext } from '#platform/observability';
import pg from 'pg';
import { DataSource, type Logger } from 'typeorm';

export interface Statement {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/** What one request sent to the database, in order. */
export interface Recording {
  /** Whom the request said it acts for: the part of it that has to be new each time. */
  readonly actorId: string;
  readonly statements: readonly Statement[];
}

/**
 * Writes down the statements the product sends while it answers requests whose id is recorded here, as TypeORM hands
 * them to the driver. What runs beside them (the audit sequencer) belongs to no request and is left out.
 */
export class StatementRecorder {
  private readonly byRequest = new Map<string, Statement[]>();

  constructor(dataSource: DataSource) {
    const note = (sql: string, parameters: readonly unknown[] = []): void => {
      this.byRequest.get(currentContext()?.requestId ?? '')?.push({ sql, parameters: [...parameters] });
    };
    const logger: Logger = {
      logQuery: note,
      logQueryError: () => undefined,
      logQuerySlow: () => undefined,
      logSchemaBuild: () => undefined,
      logMigration: () => undefined,
      log: () => undefined,
    };
    dataSource.setOptions({ logger, logging: ['query'] });
  }

  async record(actorId: string, request: (requestId: string) => Promise<void>): Promise<Recording> {
    const requestId = randomUUID();
    const statements: Statement[] = [];
    this.byRequest.set(requestId, statements);
    await request(requestId);
    this.byRequest.delete(requestId);
    return { actorId, statements };
  }
}

/**
 * Runs a recording again on one connection, as another officer's question: where the recorded officer is named, in text or
 * inside JSON, `actorId` stands instead, and the audit entry gets an id and a time of its own.
 */
export const replay = async (pool: pg.Pool, recording: Recording, actorId: string): Promise<void> => {
  const client = await pool.connect();
  const renamed = (value: unknown): unknown => {
    if (typeof value === 'string') return value.replaceAll(recording.actorId, actorId);
    if (typeof value !== 'object' || value === null || value instanceof Date || Buffer.isBuffer(value)) return value;
    return Array.isArray(value) ? value : JSON.parse(JSON.stringify(value).replaceAll(recording.actorId, actorId));
  };
  try {
    for (const { sql, parameters } of recording.statements) {
      const values = parameters.map(renamed);
      if (sql.startsWith('INSERT INTO audit.entry')) values.splice(0, 2, newId(), new Date());
      await client.query(sql, values);
    }
    client.release();
  } catch (error) {
    client.release(true);
    throw error;
  }
};
