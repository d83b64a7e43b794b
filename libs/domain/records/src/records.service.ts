import { Injectable } from '@nestjs/common';
import { Catalogue } from '#domain/catalogue';
import { EventPublisher } from '#domain/events';
import { Clock, DomainError, endOfDay, vietnamDate } from '#kernel';
import { TransactionRunner } from '#platform/persistence';
import { ConfirmDocument } from './confirm-document.js';
import { DocumentStore } from './infrastructure/document-store.js';
import {
  type Confirmation,
  type DocumentChange,
  type DocumentRecord,
  type DocumentState,
  type FieldValue,
  type NewDocument,
  type NewVersion,
  Records,
  type Revocation,
} from './records.port.js';
import { assertTransition, unconfirmedStates } from './rules/document-state-machine.js';
import { nameKey } from './rules/name-key.js';

/** What `transition` may do: everything else needs more than a state. */
const plainSteps: ReadonlySet<DocumentState> = new Set(['QC_PASSED', 'SCAN_SIGNED', 'EXTRACTED', 'INTEGRITY_FAILED']);

@Injectable()
export class RecordsService extends Records {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly store: DocumentStore,
    private readonly confirmDocument: ConfirmDocument,
    private readonly catalogue: Catalogue,
    private readonly events: EventPublisher,
    private readonly clock: Clock,
  ) {
    super();
  }

  override create(document: NewDocument): Promise<DocumentRecord> {
    return this.transactions.run(async () => {
      await this.catalogue.documentType(document.typeCode, vietnamDate(this.clock.now()));
      const id = await this.store.insert(document);
      await this.store.appendChange(id, { kind: 'CREATED', toState: 'DRAFT' });
      return this.store.get(id);
    });
  }

  override issue(document: NewDocument, confirmation: Confirmation): Promise<DocumentRecord> {
    return this.transactions.run(async () => {
      const { id } = await this.create(document);
      await this.transition(id, 'EXTRACTED');
      return this.confirm(id, confirmation);
    });
  }

  override get(id: string): Promise<DocumentRecord> {
    return this.store.get(id);
  }

  override findByCode(code: string): Promise<DocumentRecord | undefined> {
    return this.store.findByCode(code);
  }

  override async findByOwner(
    ownerId: string,
    filter: { readonly typeCodes?: readonly string[] } = {},
  ): Promise<readonly DocumentRecord[]> {
    const types = await this.catalogue.documentTypes(vietnamDate(this.clock.now()));
    const related = types.filter((type) => type.foundByRelatedPerson).map((type) => type.code);
    return this.store.findByOwner(ownerId, related, filter.typeCodes ?? null);
  }

  override findByOriginal(sha256: string, ownerId: string): Promise<DocumentRecord | undefined> {
    return this.store.findByOriginal(sha256, ownerId);
  }

  override async findSameIdentity(
    identity: Parameters<Records['findSameIdentity']>[0],
  ): Promise<readonly DocumentRecord[]> {
    const { typeCode, number, symbol, issuingAgencyName, issuedOn, ownerId } = identity;
    const sameIssuer = (name?: string): boolean =>
      issuingAgencyName === undefined || nameKey(name ?? '') === nameKey(issuingAgencyName);
    return (await this.store.findByNumber(number, symbol)).filter(
      (document) =>
        document.typeCode === typeCode &&
        sameIssuer(document.issuingAgencyName) &&
        (issuedOn === undefined || document.issuedOn === issuedOn) &&
        (ownerId === undefined || document.owners.some(({ owner }) => owner.id === ownerId)),
    );
  }

  override transition(id: string, to: DocumentState, reason?: string): Promise<DocumentRecord> {
    return this.change(id, async (document) => {
      if (document.state === to) return;
      if (!plainSteps.has(to)) throw new DomainError('document-state-conflict', { state: document.state, to });
      assertTransition(document.state, to, document.submissionForm);
      await this.store.moveTo(document, to, reason);
      if (to === 'INTEGRITY_FAILED') {
        await this.events.publish('vn.khoso.document.integrity-failed.v1', { documentId: id });
      }
    });
  }

  override addVersion(id: string, version: NewVersion): Promise<DocumentRecord> {
    return this.change(id, async (document) => {
      if (document.current.sha256 === version.sha256) return;
      await this.store.insertVersion(id, document.current.number + 1, version);
      await this.store.appendChange(id, { kind: 'VERSION_ADDED' });
    });
  }

  override async proposeFields(id: string, fields: readonly FieldValue[]): Promise<void> {
    await this.change(id, async (document) => {
      if (!unconfirmedStates.includes(document.state)) {
        throw new DomainError('document-state-conflict', { state: document.state, to: 'EXTRACTED' });
      }
      await this.store.patch(id, { content: { fields } });
      await this.store.appendChange(id, { kind: 'FIELDS_PROPOSED' });
    });
  }

  override confirm(id: string, confirmation: Confirmation): Promise<DocumentRecord> {
    return this.transactions.run(async () => {
      await this.confirmDocument.execute(id, confirmation);
      return this.store.get(id);
    });
  }

  override async markReturned(id: string): Promise<void> {
    await this.change(id, async (document) => {
      if (document.returnedAt !== undefined) return;
      await this.store.patch(id, { returnedAt: this.clock.now() });
      await this.store.appendChange(id, { kind: 'RETURNED' });
      await this.events.publish('vn.khoso.document.returned.v1', { documentId: id });
    });
  }

  override revoke(id: string, revocation: Revocation): Promise<DocumentRecord> {
    return this.endBy(id, 'REVOKED', revocation);
  }

  override annul(id: string, revocation: Revocation): Promise<DocumentRecord> {
    return this.endBy(id, 'ANNULLED', revocation);
  }

  override suspend(id: string, reason: string): Promise<DocumentRecord> {
    return this.change(id, async (document) => {
      assertTransition(document.state, 'SUSPENDED', document.submissionForm);
      await this.store.moveTo(document, 'SUSPENDED', reason);
      await this.events.publish('vn.khoso.document.suspended.v1', { documentId: id });
    });
  }

  override resume(id: string, reason: string): Promise<DocumentRecord> {
    return this.change(id, async (document) => {
      // CONFIRMED also leads to ACTIVE, but by its confirmation alone.
      if (document.state !== 'SUSPENDED') {
        throw new DomainError('document-state-conflict', { state: document.state, to: 'ACTIVE' });
      }
      await this.store.moveTo(document, 'ACTIVE', reason);
      await this.events.publish('vn.khoso.document.resumed.v1', { documentId: id });
    });
  }

  override replace(id: string, by: string, relation: 'REPLACES' | 'CORRECTS' | 'RENEWS'): Promise<DocumentRecord> {
    return this.transactions.run(async () => {
      const locked = await this.store.lock([id, by]);
      const [old, successor] = [id, by].map((wanted) => locked.find((document) => document.id === wanted));
      if (!old || !successor) throw new DomainError('document-not-found');
      if (id === by || (await this.leadsTo(successor, id))) throw new DomainError('replacement-cycle');
      assertTransition(old.state, 'SUPERSEDED', old.submissionForm);
      // A chain has one live head, and it is the end of the chain.
      if (successor.state !== 'ACTIVE') {
        throw new DomainError('document-state-conflict', { state: successor.state, to: 'ACTIVE' });
      }
      await this.store.moveTo(old, 'SUPERSEDED', undefined, { replacedBy: by, replacementRelation: relation });
      if (successor.replaces === undefined) await this.store.patch(by, { replaces: id });
      await this.events.publish('vn.khoso.document.superseded.v1', { documentId: id, successorDocumentId: by });
      return this.store.get(id);
    });
  }

  override async chain(id: string): Promise<readonly DocumentRecord[]> {
    const documents = await this.store.chain(id);
    if (documents.length === 0) throw new DomainError('document-not-found');
    return documents;
  }

  override async history(id: string): Promise<readonly DocumentChange[]> {
    return this.store.history(id);
  }

  private async leadsTo(document: DocumentRecord, id: string): Promise<boolean> {
    if (document.replacedBy === undefined) return false;
    const newer = (await this.store.chain(document.id)).map((member) => [member.id, member.replacedBy] as const);
    const next = new Map(newer);
    let at: string | undefined = document.replacedBy;
    while (at !== undefined && at !== id) at = next.get(at);
    return at === id;
  }

  private endBy(id: string, to: 'REVOKED' | 'ANNULLED', revocation: Revocation): Promise<DocumentRecord> {
    return this.change(id, async (document) => {
      assertTransition(document.state, to, document.submissionForm);
      // Marked at once, so it cannot wait for a later day; later today is near enough to refuse reuse from now on.
      if (revocation.effectiveAt > endOfDay(vietnamDate(this.clock.now())))
        throw new DomainError('revocation-in-future');
      await this.store.moveTo(document, to, revocation.reason, { revocation });
      const type = to === 'REVOKED' ? 'vn.khoso.document.revoked.v1' : 'vn.khoso.document.annulled.v1';
      await this.events.publish(type, { documentId: id });
    });
  }

  /** One change in one transaction, on a locked document. */
  private change(id: string, work: (document: DocumentRecord) => Promise<void>): Promise<DocumentRecord> {
    return this.transactions.run(async () => {
      await work(await this.store.lockOne(id));
      return this.store.get(id);
    });
  }
}
