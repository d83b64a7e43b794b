import { type Clock, DomainError, newId } from '#kernel';
import { currentContext } from '#platform/observability';
import type { TransactionRunner } from '#platform/persistence';
import { type AuditEntry, AuditLog, type AuditQuery, type AuditRecord } from '../audit-log.port.js';
import { auditColumns, type AuditRow } from './audit-row.js';

const insert = `INSERT INTO audit.entry (${auditColumns.join(', ')})
  VALUES (${auditColumns.map((_, index) => `$${index + 1}`).join(', ')})`;

type LinkedRow = AuditRow & {
  readonly ordinal: string;
  readonly sequence: string | null;
  readonly hash: string | null;
};

export class PostgresAuditLog extends AuditLog {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly clock: Clock,
  ) {
    super();
  }

  override async append(record: AuditRecord): Promise<string> {
    const context = currentContext();
    const { agencyCode: contextAgency, ...contextActor } = context?.actor ?? { kind: 'system', id: record.service };
    const row: AuditRow = {
      id: newId(),
      at: this.clock.now(),
      service: record.service,
      event: record.event,
      outcome: record.outcome,
      actor: record.actor ?? contextActor,
      // A named actor brings its own agency, or none: the caller's must not be put down for somebody else.
      agency_code: record.agencyCode ?? (record.actor ? null : contextAgency) ?? null,
      on_behalf_of: record.onBehalfOf ?? null,
      request_id: context?.requestId ?? null,
      source_ip: context?.sourceIp ?? null,
      subject_key: record.subjectKey ?? null,
      document_id: record.documentId ?? null,
      version: record.version ?? null,
      sha256: record.sha256 ?? null,
      procedure_code: record.procedureCode ?? null,
      dossier_code: record.dossierCode ?? null,
      purpose_code: record.purposeCode ?? null,
      legal_basis: record.legalBasis ?? null,
      detail: record.detail ?? null,
    };
    try {
      await this.transactions.manager.query(
        insert,
        auditColumns.map((column) => row[column]),
      );
    } catch (cause) {
      throw new DomainError('log-unavailable', {}, { cause });
    }
    return row.id;
  }

  override async find(query: AuditQuery): Promise<{ entries: readonly AuditEntry[]; nextCursor?: string }> {
    const values: unknown[] = [];
    const conditions = (
      [
        ['entry.subject_key =', query.subjectKey],
        ['entry.dossier_code =', query.dossierCode],
        ['entry.document_id =', query.documentId],
        ['entry.event = ANY', query.events],
        ['entry.at >=', query.from],
        ['entry.at <', query.to],
        ['entry.ordinal <', query.cursor && fromCursor(query.cursor)],
      ] as const
    ).flatMap(([condition, value]) => {
      if (value === undefined) return [];
      values.push(value);
      return [`${condition} ($${values.length})`];
    });
    values.push(query.limit + 1);
    const rows: LinkedRow[] = await this.transactions.manager.query(
      `SELECT entry.*, link.sequence, link.hash FROM audit.entry LEFT JOIN audit.link ON link.entry_id = entry.id
       ${conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : ''} ORDER BY entry.ordinal DESC LIMIT $${values.length}`,
      values,
    );
    const page = rows.slice(0, query.limit);
    const last = page.at(-1);
    return {
      entries: page.map(toEntry),
      ...(rows.length > page.length && last && { nextCursor: toCursor(last.ordinal) }),
    };
  }
}

const toCursor = (ordinal: string): string => Buffer.from(ordinal).toString('base64url');

const fromCursor = (cursor: string): string => {
  const ordinal = Buffer.from(cursor, 'base64url').toString();
  if (!/^[1-9]\d{0,17}$/.test(ordinal)) {
    throw new DomainError('request-invalid', {}, { details: [{ code: 'cursor-invalid', field: 'cursor' }] });
  }
  return ordinal;
};

const toEntry = (row: LinkedRow): AuditEntry => ({
  id: row.id,
  at: row.at,
  service: row.service,
  event: row.event,
  outcome: row.outcome,
  actor: row.actor,
  agencyCode: row.agency_code ?? undefined,
  onBehalfOf: row.on_behalf_of ?? undefined,
  requestId: row.request_id ?? undefined,
  sourceIp: row.source_ip ?? undefined,
  subjectKey: row.subject_key ?? undefined,
  documentId: row.document_id ?? undefined,
  version: row.version ?? undefined,
  sha256: row.sha256 ?? undefined,
  procedureCode: row.procedure_code ?? undefined,
  dossierCode: row.dossier_code ?? undefined,
  purposeCode: row.purpose_code ?? undefined,
  legalBasis: row.legal_basis ?? undefined,
  detail: row.detail ?? undefined,
  sequence: row.sequence === null ? undefined : Number(row.sequence),
  hash: row.hash ?? undefined,
});
