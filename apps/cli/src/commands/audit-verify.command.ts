import { AuditVerifier } from '#platform/audit';
import { green, say } from '../terminal.js';
import { type DatabaseOptions, withDatabase } from './database.js';

export interface AuditVerifyOptions extends DatabaseOptions {
  readonly json?: boolean;
}

/**
 * Computes the audit chain again from its rows and names the first entry that does not fit.
 * @returns exit code: 0 the log is whole, 1 it was altered
 */
export async function auditVerify(options: AuditVerifyOptions): Promise<number> {
  const result = await withDatabase(options, [], (dataSource) => new AuditVerifier(dataSource).verify());
  if (options.json) say(JSON.stringify(result));
  else if (result.firstFault) {
    const { sequence, entryId, reason } = result.firstFault;
    say(`The log was altered: entry ${entryId} (sequence ${sequence}): ${reason}.`);
    say(`${result.checked} entries before it are whole.`);
  } else say(`${green('✓')} ${result.checked} entries, the chain is whole. Head: ${result.head}`);
  return result.ok ? 0 : 1;
}
