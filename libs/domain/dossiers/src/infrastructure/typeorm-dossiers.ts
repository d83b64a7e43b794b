import { Injectable } from '@nestjs/common';
import { Catalogue } from '#domain/catalogue';
import { EventPublisher } from '#domain/events';
import { Clock, defaultDossierCodeTemplate, DomainError, DossierCode, isDossierCode, newId } from '#kernel';
import { AtomicCounter, TransactionRunner } from '#platform/persistence';
import { canClose } from '../dossier-transitions.js';
import { componentStates, type Dossier, type DossierNotice, Dossiers, type DossierStatus } from '../dossiers.port.js';
import { DossierComponentEntity } from './dossier-component.entity.js';
import { DossierNoticeEntity } from './dossier-notice.entity.js';
import { type DossierRow, selectDossiers, toDossier } from './dossier-query.js';
import { DossierEntity } from './dossier.entity.js';

const uuid = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

@Injectable()
export class TypeormDossiers extends Dossiers {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly catalogue: Catalogue,
    private readonly counter: AtomicCounter,
    private readonly events: EventPublisher,
    private readonly clock: Clock,
  ) {
    super();
  }

  private get manager() {
    return this.transactions.manager;
  }

  override async open(input: Parameters<Dossiers['open']>[0]): Promise<Dossier> {
    const { code, ownerId, agencyCode, officerId, receivedOn } = input;
    if (code !== undefined && !isDossierCode(code)) throw new DomainError('dossier-code-invalid', { code });
    const procedure = await this.catalogue.procedure(input.procedureCode, receivedOn);
    return this.transactions.run(async () => {
      const id = newId();
      const row = { id, procedureCode: procedure.code, receivedOn, ownerId, agencyCode, officerId };
      if (code === undefined) await this.insertWithNextCode(row);
      else if (!(await this.insert(row, code))) throw new DomainError('dossier-code-taken', { code });
      await this.manager.insert(
        DossierComponentEntity,
        procedure.components.map(({ id: componentId }, position) => ({
          dossierId: id,
          componentId,
          position,
          state: componentStates.notDigitised,
          fromNationalStore: false,
        })),
      );
      return this.get(id);
    });
  }

  override async get(id: string): Promise<Dossier> {
    const [dossier] = uuid.test(id) ? await this.select('d.id = $1', [id]) : [];
    if (!dossier) throw new DomainError('dossier-not-found');
    return dossier;
  }

  override async findByCode(code: string): Promise<Dossier | undefined> {
    return (await this.select('d.code = $1', [code]))[0];
  }

  override async statuses(ids: readonly string[]): Promise<ReadonlyMap<string, DossierStatus>> {
    if (ids.length === 0) return new Map();
    const rows: { id: string; status: DossierStatus }[] = await this.manager.query(
      'SELECT id, status FROM dossiers.dossier WHERE id = ANY ($1)',
      [ids],
    );
    return new Map(rows.map(({ id, status }) => [id, status]));
  }

  override async list(
    filter: Parameters<Dossiers['list']>[0],
  ): Promise<{ readonly dossiers: readonly Dossier[]; readonly nextCursor?: string }> {
    const { agencyCode, status, limit, cursor } = filter;
    if (cursor !== undefined && !uuid.test(cursor)) throw new DomainError('request-invalid');
    // Ids are in order of creation, so the last id of a page is its cursor.
    const found = await this.select(
      `d.agency_code = $1 AND ($2::text IS NULL OR d.status = $2) AND ($3::uuid IS NULL OR d.id < $3)
       ORDER BY d.id DESC LIMIT $4`,
      [agencyCode, status ?? null, cursor ?? null, limit + 1],
    );
    const dossiers = found.slice(0, limit);
    return { dossiers, nextCursor: found.length > limit ? dossiers.at(-1)?.id : undefined };
  }

  override setComponent(dossierId: string, component: Parameters<Dossiers['setComponent']>[1]): Promise<Dossier> {
    return this.transactions.run(async () => {
      const dossier = await this.lock(dossierId);
      if (dossier.status !== 'OPEN') throw new DomainError('dossier-closed', { status: dossier.status });
      const { componentId, exceptionReason, exceptionText } = component;
      const known = dossier.components.find((candidate) => candidate.componentId === componentId);
      if (!known) throw new DomainError('component-unknown', { componentId });
      await this.manager.update(
        DossierComponentEntity,
        { dossierId, componentId },
        {
          state: component.state,
          documentId: component.documentId ?? null,
          versionId: component.versionId ?? null,
          sha256: component.sha256 ?? null,
          fromNationalStore: component.fromNationalStore ?? false,
          replacedByResultCode: component.replacedByResultCode ?? null,
          ...(exceptionReason !== undefined && { exceptionReason, exceptionText: exceptionText ?? null }),
        },
      );
      return this.get(dossierId);
    });
  }

  override close(dossierId: string, status: Exclude<DossierStatus, 'OPEN'>): Promise<Dossier> {
    return this.transactions.run(async () => {
      const dossier = await this.lock(dossierId);
      if (!canClose(dossier.status, status)) throw new DomainError('dossier-closed', { status: dossier.status });
      const closedAt = dossier.closedAt ?? this.clock.now();
      await this.manager.update(DossierEntity, { id: dossierId }, { status, closedAt });
      if (dossier.status === 'OPEN') {
        await this.events.publish('vn.khoso.dossier.closed.v1', { dossierId, dossierCode: dossier.code, status });
      }
      return this.get(dossierId);
    });
  }

  override async notifyUsers(
    documentId: string,
    kind: DossierNotice['kind'],
    successorDocumentId?: string,
    occurrence = '',
  ): Promise<number> {
    const added: { id: string }[] = await this.manager.query(
      `INSERT INTO dossiers.notice (dossier_id, component_id, kind, document_id, successor_document_id, occurrence, at)
       SELECT c.dossier_id, c.component_id, $2, c.document_id, $3, $4, $5
       FROM dossiers.component c JOIN dossiers.dossier d ON d.id = c.dossier_id
       WHERE c.document_id = $1 AND d.status = 'OPEN'
       ON CONFLICT DO NOTHING RETURNING id`,
      [documentId, kind, successorDocumentId ?? null, occurrence, this.clock.now()],
    );
    return added.length;
  }

  override async acknowledge(dossierId: string, noticeId: string): Promise<Dossier> {
    const notice = uuid.test(noticeId)
      ? await this.manager.findOneBy(DossierNoticeEntity, { id: noticeId, dossierId })
      : null;
    if (!notice) throw new DomainError('notice-not-found');
    if (notice.acknowledgedAt === null) {
      await this.manager.update(DossierNoticeEntity, { id: noticeId }, { acknowledgedAt: this.clock.now() });
    }
    return this.get(dossierId);
  }

  // A code that came with a dossier from elsewhere may stand in the way of the next of our own.
  private async insertWithNextCode(row: NewRow): Promise<void> {
    const { agencyCode: agency, receivedOn: date } = row;
    for (let inserted = false; !inserted;) {
      const sequence = await this.counter.next('dossier-code', `${agency}/${date}`);
      inserted = await this.insert(row, DossierCode.format(defaultDossierCodeTemplate, { agency, date, sequence }));
    }
  }

  /** @returns false when the code is taken; a failed statement would end the caller's transaction */
  private async insert(row: NewRow, code: string): Promise<boolean> {
    const result = await this.manager
      .createQueryBuilder()
      .insert()
      .into(DossierEntity)
      .values({ ...row, code, status: 'OPEN', createdAt: this.clock.now() })
      .orIgnore()
      .returning('id')
      .execute();
    return (result.raw as unknown[]).length === 1;
  }

  private async lock(id: string): Promise<Dossier> {
    await this.get(id);
    await this.manager.query('SELECT id FROM dossiers.dossier WHERE id = $1 FOR NO KEY UPDATE', [id]);
    return this.get(id);
  }

  private async select(condition: string, parameters: unknown[]): Promise<Dossier[]> {
    const rows: DossierRow[] = await this.manager.query(selectDossiers(condition), parameters);
    return rows.map(toDossier);
  }
}

type NewRow = Pick<DossierEntity, 'id' | 'procedureCode' | 'receivedOn' | 'ownerId' | 'agencyCode' | 'officerId'>;
