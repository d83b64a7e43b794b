import { canonicalJson, sha256Hex } from '#kernel';
import type { AuditActor, AuditEntry } from '../audit-log.port.js';

/** A row of `audit.entry` as PostgreSQL gives it. */
export interface AuditRow {
  readonly id: string;
  readonly at: Date;
  readonly service: string;
  readonly event: string;
  readonly outcome: AuditEntry['outcome'];
  readonly actor: AuditActor;
  readonly agency_code: string | null;
  readonly on_behalf_of: string | null;
  readonly request_id: string | null;
  readonly source_ip: string | null;
  readonly subject_key: string | null;
  readonly document_id: string | null;
  readonly version: number | null;
  readonly sha256: string | null;
  readonly procedure_code: string | null;
  readonly dossier_code: string | null;
  readonly purpose_code: string | null;
  readonly legal_basis: string | null;
  readonly detail: Readonly<Record<string, unknown>> | null;
}

export const auditColumns = [
  'id',
  'at',
  'service',
  'event',
  'outcome',
  'actor',
  'agency_code',
  'on_behalf_of',
  'request_id',
  'source_ip',
  'subject_key',
  'document_id',
  'version',
  'sha256',
  'procedure_code',
  'dossier_code',
  'purpose_code',
  'legal_basis',
  'detail',
] as const satisfies readonly (keyof AuditRow)[];

/** What the first link points back to. */
export const chainStart = '0'.repeat(64);

/**
 * The hash of one link: SHA-256 over the previous link's hash (64 hexadecimal characters) followed by the canonical JSON
 * (RFC 8785) of the row with its sequence, column names as keys, NULL as null, `at` in UTC with milliseconds.
 */
export const linkHash = (prevHash: string, sequence: number, row: AuditRow): string => {
  const content: Record<string, unknown> = { sequence };
  for (const column of auditColumns) content[column] = column === 'at' ? row.at.toISOString() : row[column];
  return sha256Hex(prevHash + canonicalJson(content));
};
