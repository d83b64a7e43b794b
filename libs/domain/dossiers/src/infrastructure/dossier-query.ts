import type { Dossier, DossierComponent, DossierNotice } from '../dossiers.port.js';
import type { DossierComponentEntity } from './dossier-component.entity.js';
import type { DossierNoticeEntity } from './dossier-notice.entity.js';
import type { DossierEntity } from './dossier.entity.js';

/** A dossier with its components and notices, read in one statement. Instants inside JSON are ISO texts. */
export interface DossierRow extends DossierEntity {
  readonly components: readonly Omit<DossierComponentEntity, 'dossierId' | 'position'>[];
  readonly notices: readonly (Omit<DossierNoticeEntity, 'dossierId' | 'occurrence' | 'at' | 'acknowledgedAt'> & {
    readonly at: string;
    readonly acknowledgedAt: string | null;
  })[];
}

/** @param condition what follows WHERE; calls the dossier `d` */
export const selectDossiers = (condition: string): string => `
  SELECT d.id, d.code, d.procedure_code AS "procedureCode", d.received_on::text AS "receivedOn", d.owner_id AS "ownerId",
    d.agency_code AS "agencyCode", d.officer_id AS "officerId", d.status, d.created_at AS "createdAt",
    d.closed_at AS "closedAt",
    (SELECT coalesce(jsonb_agg(jsonb_build_object('componentId', c.component_id, 'state', c.state,
        'documentId', c.document_id, 'versionId', c.version_id, 'sha256', c.sha256,
        'fromNationalStore', c.from_national_store, 'replacedByResultCode', c.replaced_by_result_code,
        'exceptionReason', c.exception_reason, 'exceptionText', c.exception_text) ORDER BY c.position), '[]')
      FROM dossiers.component c WHERE c.dossier_id = d.id) AS components,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('id', n.id, 'at', n.at, 'kind', n.kind, 'documentId', n.document_id,
        'componentId', n.component_id, 'successorDocumentId', n.successor_document_id,
        'acknowledgedAt', n.acknowledged_at) ORDER BY n.at, n.id), '[]')
      FROM dossiers.notice n WHERE n.dossier_id = d.id) AS notices
  FROM dossiers.dossier d WHERE ${condition}`;

export const toDossier = ({ components, notices, closedAt, ...row }: DossierRow): Dossier => ({
  ...row,
  closedAt: closedAt ?? undefined,
  components: components.map(toComponent),
  notices: notices.map(toNotice),
});

const toComponent = (row: DossierRow['components'][number]): DossierComponent => ({
  componentId: row.componentId,
  state: row.state,
  documentId: row.documentId ?? undefined,
  versionId: row.versionId ?? undefined,
  sha256: row.sha256 ?? undefined,
  fromNationalStore: row.fromNationalStore,
  replacedByResultCode: row.replacedByResultCode ?? undefined,
  exceptionReason: row.exceptionReason ?? undefined,
  exceptionText: row.exceptionText ?? undefined,
});

const toNotice = (row: DossierRow['notices'][number]): DossierNotice => ({
  id: row.id,
  at: new Date(row.at),
  kind: row.kind,
  documentId: row.documentId,
  componentId: row.componentId,
  successorDocumentId: row.successorDocumentId ?? undefined,
  acknowledgedAt: row.acknowledgedAt === null ? undefined : new Date(row.acknowledgedAt),
});
