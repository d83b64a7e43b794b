import { TransactionRunner } from '#platform/persistence';
import { Injectable } from '@nestjs/common';
import { type EntityManager, type FindOptionsWhere, In } from 'typeorm';
import type { Grant, GrantedDocument, StoredGrantStatus } from '../grant.js';
import { Grants } from '../grants.port.js';
import { GrantDocumentEntity } from './grant-document.entity.js';
import { GrantEntity } from './grant.entity.js';

@Injectable()
export class PostgresGrants extends Grants {
  constructor(private readonly transactions: TransactionRunner) {
    super();
  }

  override async add(grant: Grant): Promise<void> {
    await this.manager.insert(GrantEntity, toRow(grant));
    await this.manager.insert(GrantDocumentEntity, grant.documents.map(toDocumentRow(grant.id)));
  }

  override async find(id: string): Promise<Grant | undefined> {
    const [grant] = await this.load({ id });
    return grant;
  }

  override async lock(id: string): Promise<Grant | undefined> {
    await this.manager.findOne(GrantEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
    return this.find(id);
  }

  override async countRead(id: string): Promise<void> {
    await this.manager.increment(GrantEntity, { id }, 'reads', 1);
  }

  override async end(id: string, status: Exclude<StoredGrantStatus, 'ACTIVE'>, at: Date): Promise<void> {
    await this.manager.update(GrantEntity, { id, status: 'ACTIVE' }, { status, endedAt: at });
  }

  override async endOfDossier(dossierId: string, at: Date): Promise<readonly Grant[]> {
    const active = await this.load({ dossierId, status: 'ACTIVE' });
    await this.manager.update(GrantEntity, { dossierId, status: 'ACTIVE' }, { status: 'DOSSIER_CLOSED', endedAt: at });
    return active;
  }

  private get manager(): EntityManager {
    return this.transactions.manager;
  }

  private async load(where: FindOptionsWhere<GrantEntity>): Promise<Grant[]> {
    const rows = await this.manager.find(GrantEntity, { where, order: { createdAt: 'ASC' } });
    const documents = await this.manager.find(GrantDocumentEntity, {
      where: { grantId: In(rows.map(({ id }) => id)) },
      order: { position: 'ASC' },
    });
    return rows.map((row) =>
      toGrant(
        row,
        documents.filter(({ grantId }) => grantId === row.id),
      ),
    );
  }
}

const toRow = ({ holder, actor, legalBasis, documents: _, ...grant }: Grant): GrantEntity => ({
  ...grant,
  holderKind: holder.kind,
  holderId: holder.id,
  actorId: actor.id,
  actorName: actor.name ?? null,
  actorAgencyCode: actor.agencyCode,
  legalBasis: legalBasis.code,
  legalArticle: legalBasis.article ?? null,
  consentRef: grant.consentRef ?? null,
  endedAt: grant.endedAt ?? null,
});

const toDocumentRow =
  (grantId: string) =>
  (document: GrantedDocument, position: number): GrantDocumentEntity => ({
    ...document,
    bytes: String(document.bytes),
    grantId,
    position,
  });

const toGrant = (row: GrantEntity, documents: readonly GrantDocumentEntity[]): Grant => ({
  id: row.id,
  holder: { kind: row.holderKind, id: row.holderId },
  actor: { id: row.actorId, name: row.actorName ?? undefined, agencyCode: row.actorAgencyCode },
  dossierId: row.dossierId,
  dossierCode: row.dossierCode,
  agencyCode: row.agencyCode,
  procedureCode: row.procedureCode,
  purposeCode: row.purposeCode,
  legalBasis: { code: row.legalBasis, article: row.legalArticle ?? undefined },
  consentRef: row.consentRef ?? undefined,
  bulk: row.bulk,
  ownerId: row.ownerId,
  subjectKey: row.subjectKey,
  status: row.status,
  maxReads: row.maxReads,
  reads: row.reads,
  createdAt: row.createdAt,
  expiresAt: row.expiresAt,
  endedAt: row.endedAt ?? undefined,
  documents: documents.map((document) => ({
    documentId: document.documentId,
    componentId: document.componentId,
    versionId: document.versionId,
    versionNumber: document.versionNumber,
    sha256: document.sha256,
    bytes: Number(document.bytes),
    decision: document.decision,
    reasons: document.reasons,
    state: document.state,
  })),
});
