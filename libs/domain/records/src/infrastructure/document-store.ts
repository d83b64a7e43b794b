import { Injectable } from '@nestjs/common';
import { Clock, DomainError, newId } from '#kernel';
import { currentContext } from '#platform/observability';
import { IdentifierProtection, TransactionRunner } from '#platform/persistence';
import type {
  DocumentChange,
  DocumentRecord,
  DocumentState,
  NewDocument,
  NewVersion,
  OwnerLink,
} from '../records.port.js';
import type { DocumentCodeParts } from '../rules/document-code.js';
import { formatDocumentCode } from '../rules/document-code.js';
import { chainOfDocument, documentsOfOwner, ownersOfGroup, selectDocuments } from './document-query.js';
import { isId } from './is-id.js';
import { DocumentMapper, type DocumentRow } from './document.mapper.js';
import { DocumentHistoryEntity } from './entities/document-history.entity.js';
import { DocumentOwnerEntity } from './entities/document-owner.entity.js';
import { DocumentVersionEntity } from './entities/document-version.entity.js';
import { DocumentEntity } from './entities/document.entity.js';
import { type DocumentContent, SealedJson } from './sealed-json.js';

/** Columns a change of a document may set; what is encrypted goes in in clear and is sealed here. */
export interface DocumentPatch extends Partial<
  Pick<
    DocumentEntity,
    | 'name'
    | 'state'
    | 'issuedOn'
    | 'issuingAgencyName'
    | 'issuingAgencyCode'
    | 'validFrom'
    | 'validTo'
    | 'permanent'
    | 'scope'
    | 'returnedAt'
    | 'replaces'
    | 'replacedBy'
    | 'replacementRelation'
    | 'confirmedById'
    | 'confirmedByName'
    | 'confirmedAt'
    | 'revocation'
  >
> {
  readonly content?: DocumentContent;
  readonly code?: DocumentCodeParts;
}

export type NewChange = Omit<DocumentChange, 'at' | 'actorId' | 'fields'> &
  Partial<Pick<DocumentChange, 'actorId' | 'fields'>>;

/** The tables of documents. Every method joins the running transaction; none decides anything. */
@Injectable()
export class DocumentStore {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly mapper: DocumentMapper,
    private readonly sealed: SealedJson,
    private readonly protection: IdentifierProtection,
    private readonly clock: Clock,
  ) {}

  private get manager() {
    return this.transactions.manager;
  }

  /** @throws DomainError `document-not-found` */
  async get(id: string): Promise<DocumentRecord> {
    const [document] = isId(id) ? await this.select(selectDocuments('records.document d WHERE d.id = $1'), [id]) : [];
    if (!document) throw new DomainError('document-not-found');
    return document;
  }

  /** Locks the rows in the order of their ids, so that two callers cannot wait for each other; answers with what is there then. */
  async lock(ids: readonly string[]): Promise<readonly DocumentRecord[]> {
    if (!ids.every(isId)) return [];
    await this.manager.query('SELECT id FROM records.document WHERE id = ANY ($1) ORDER BY id FOR NO KEY UPDATE', [
      ids,
    ]);
    return this.select(selectDocuments('records.document d WHERE d.id = ANY ($1) ORDER BY d.id'), [ids]);
  }

  /** @throws DomainError `document-not-found` */
  async lockOne(id: string): Promise<DocumentRecord> {
    const [document] = await this.lock([id]);
    if (!document) throw new DomainError('document-not-found');
    return document;
  }

  /**
   * Locks the owners' groups until the transaction ends: who ends whose paper is decided by one confirmation at a time,
   * and not while the owners are being merged.
   */
  async lockOwnerGroups(ownerIds: readonly string[]): Promise<void> {
    await this.manager.query(
      `SELECT id FROM records.owner WHERE id IN (SELECT group_id FROM records.owner WHERE id = ANY ($1))
       ORDER BY id FOR NO KEY UPDATE`,
      [ownerIds],
    );
  }

  async findByCode(code: string): Promise<DocumentRecord | undefined> {
    return this.first(selectDocuments('records.document d WHERE d.code_index = $1'), [this.codeIndex(code)]);
  }

  async findByOwner(
    ownerId: string,
    relatedTypeCodes: readonly string[],
    typeCodes: readonly string[] | null,
  ): Promise<readonly DocumentRecord[]> {
    return this.select(documentsOfOwner, [ownerId, relatedTypeCodes, typeCodes]);
  }

  async findByOriginal(sha256: string, ownerId: string): Promise<DocumentRecord | undefined> {
    return this.first(
      selectDocuments(`records.document d
        WHERE d.id IN (SELECT v.document_id FROM records.document_version v WHERE v.original_sha256 = $2 OR v.sha256 = $2)
          AND EXISTS (SELECT FROM records.document_owner l WHERE l.document_id = d.id
            AND l.role IN ('owner', 'co-owner') AND l.owner_id IN (${ownersOfGroup}))
        ORDER BY d.state = 'ACTIVE' DESC, d.created_at DESC LIMIT 1`),
      [ownerId, sha256],
    );
  }

  async findByNumber(number: string, symbol: string): Promise<readonly DocumentRecord[]> {
    return this.select(selectDocuments('records.document d WHERE d.number_index = $1 ORDER BY d.created_at DESC'), [
      this.numberIndex(number, symbol),
    ]);
  }

  async chain(id: string): Promise<readonly DocumentRecord[]> {
    return isId(id) ? this.select(chainOfDocument, [id]) : [];
  }

  async insert(document: NewDocument): Promise<string> {
    const id = newId();
    const now = this.clock.now();
    const { typeCode, name, kind, submissionForm, custodianAgencyCode, dossierId, restricted, owners, version } =
      document;
    await this.manager.insert(DocumentEntity, {
      id,
      typeCode,
      name,
      kind,
      state: 'DRAFT',
      submissionForm,
      custodianAgencyCode,
      dossierId: dossierId ?? null,
      restricted: restricted ?? false,
      permanent: false,
      createdAt: now,
    });
    await this.insertOwners(id, owners, 0);
    await this.insertVersion(id, 1, version);
    return id;
  }

  /**
   * A person named twice in the same role is there once.
   * @param from position of the first
   */
  async insertOwners(documentId: string, owners: readonly OwnerLink[], from: number): Promise<void> {
    await this.manager
      .createQueryBuilder()
      .insert()
      .into(DocumentOwnerEntity)
      .values(owners.map(({ ownerId, role }, index) => ({ documentId, ownerId, role, position: from + index })))
      .orIgnore()
      .execute();
  }

  async insertVersion(documentId: string, number: number, version: NewVersion): Promise<void> {
    const { sha256, bytes, pages, originalSha256, signature } = version;
    await this.manager.insert(DocumentVersionEntity, {
      id: newId(),
      documentId,
      number,
      sha256,
      bytes,
      mediaType: 'application/pdf',
      pages,
      originalSha256: originalSha256 ?? null,
      signature,
      createdAt: this.clock.now(),
    });
  }

  async patch(id: string, { content, code, ...columns }: DocumentPatch): Promise<void> {
    await this.manager.update(
      DocumentEntity,
      { id },
      { ...columns, ...(content && this.contentColumns(content)), ...(code && this.codeColumns(code)) },
    );
  }

  async appendChange(documentId: string, change: NewChange): Promise<void> {
    const { kind, actorId, fromState, toState, reason, fields = [] } = change;
    await this.manager.insert(DocumentHistoryEntity, {
      id: newId(),
      documentId,
      at: this.clock.now(),
      kind,
      actorId: actorId ?? currentContext()?.actor?.id ?? null,
      fromState: fromState ?? null,
      toState: toState ?? null,
      reason: reason ?? null,
      fields: fields.length > 0 ? this.sealed.seal(fields) : null,
    });
  }

  /** Sets the state and remembers it. */
  async moveTo(document: DocumentRecord, to: DocumentState, reason?: string, patch: DocumentPatch = {}): Promise<void> {
    await this.patch(document.id, { ...patch, state: to });
    await this.appendChange(document.id, { kind: 'STATE_CHANGED', fromState: document.state, toState: to, reason });
  }

  async history(documentId: string): Promise<readonly DocumentChange[]> {
    const rows = await this.manager.find(DocumentHistoryEntity, { where: { documentId }, order: { id: 'ASC' } });
    return rows.map((row) => ({
      at: row.at,
      kind: row.kind,
      actorId: row.actorId ?? undefined,
      fromState: row.fromState ?? undefined,
      toState: row.toState ?? undefined,
      reason: row.reason ?? undefined,
      fields: this.sealed.open<DocumentChange['fields']>(row.fields, []),
    }));
  }

  private contentColumns(content: DocumentContent): Pick<DocumentEntity, 'content' | 'numberIndex'> {
    const { number, symbol = '' } = content;
    return {
      content: this.sealed.seal(content),
      numberIndex: number === undefined ? null : this.numberIndex(number, symbol),
    };
  }

  private codeColumns(
    code: DocumentCodeParts,
  ): Pick<DocumentEntity, 'codeOwner' | 'codeSubject' | 'codeDetail' | 'codeOrdinal' | 'codeIndex'> {
    return {
      codeOwner: code.owner === '' ? null : this.protection.encrypt(code.owner),
      codeSubject: code.subject,
      codeDetail: this.protection.encrypt(code.detail),
      codeOrdinal: code.ordinal,
      codeIndex: this.codeIndex(formatDocumentCode(code)),
    };
  }

  private codeIndex(code: string): string {
    return this.protection.blindIndex('document-code', code);
  }

  private numberIndex(number: string, symbol: string): string {
    return this.protection.blindIndex('document-number', `${number}/${symbol}`);
  }

  private async first(sql: string, parameters: unknown[]): Promise<DocumentRecord | undefined> {
    return (await this.select(sql, parameters))[0];
  }

  private async select(sql: string, parameters: unknown[]): Promise<readonly DocumentRecord[]> {
    const rows: DocumentRow[] = await this.manager.query(sql, parameters);
    return rows.map((row) => this.mapper.toDocument(row));
  }
}
