import { resolve } from 'node:path';
import { AuditVerifier } from '#platform/audit';
import { createDataSource, startEmbeddedPostgres } from '#platform/persistence';
import { callerPath } from '../caller-path.js';
import { green, say } from '../terminal.js';

export interface AuditVerifyOptions {
  readonly data: string;
  readonly database?: string;
  readonly json?: boolean;
}

/**
 * Computes the audit chain again from its rows and names the first entry that does not fit.
 * @returns exit code: 0 the log is whole, 1 it was altered
 */
export async function auditVerify(options: AuditVerifyOptions): Promise<number> {
  const embedded = options.database
    ? undefined
    : await startEmbeddedPostgres({ dataDir: resolve(callerPath(options.data)) });
  const dataSource = await createDataSource({
    url: options.database ?? embedded?.appUrl ?? '',
    parts: [],
    poolSize: 2,
    applicationName: 'khoso-audit-verify',
  });
  try {
    const result = await new AuditVerifier(dataSource).verify();
    if (options.json) say(JSON.stringify(result));
    else if (result.firstFault) {
      const { sequence, entryId, reason } = result.firstFault;
      say(`The log was altered: entry ${entryId} (sequence ${sequence}): ${reason}.`);
      say(`${result.checked} entries before it are whole.`);
    } else say(`${green('✓')} ${result.checked} entries, the chain is whole. Head: ${result.head}`);
    return result.ok ? 0 : 1;
  } finally {
    await dataSource.destroy();
    await embedded?.stop();
  }
}
