import { Injectable } from '@nestjs/common';
import { type CalendarDate, Catalogue } from '#domain/catalogue';
import { EventPublisher } from '#domain/events';
import { Clock, vietnamDate } from '#kernel';
import { AtomicCounter, IdentifierProtection } from '#platform/persistence';
import { DocumentStore } from './infrastructure/document-store.js';
import { type CodeParts, type Confirmation, type DocumentRecord, Owners } from './records.port.js';
import { codePrefix, codeSubject, type DocumentCodeParts } from './rules/document-code.js';
import { assertTransition, liveStates } from './rules/document-state-machine.js';
import { fieldChanges } from './rules/field-changes.js';
import { changeNumberOf, readMinimumFields } from './rules/minimum-fields.js';
import { isOwning, papersOnFile } from './rules/papers-on-file.js';
import { nameKey } from './rules/name-key.js';
import { type RankedPaper, settleSupersession, type Supersession } from './rules/supersession.js';
import { settleValidity } from './rules/validity.js';

/** The one step that makes a scan or a draft a document on file. Runs in the caller's transaction. */
@Injectable()
export class ConfirmDocument {
  constructor(
    private readonly store: DocumentStore,
    private readonly owners: Owners,
    private readonly catalogue: Catalogue,
    private readonly counter: AtomicCounter,
    private readonly protection: IdentifierProtection,
    private readonly events: EventPublisher,
    private readonly clock: Clock,
  ) {}

  async execute(id: string, confirmation: Confirmation): Promise<void> {
    const before = await this.store.lockOne(id);
    assertTransition(before.state, 'CONFIRMED', before.submissionForm);
    const now = this.clock.now();
    // The type as it was when the paper was taken in (FR-07).
    const type = await this.catalogue.documentType(before.typeCode, vietnamDate(before.createdAt));
    const { fields, permanent } = confirmation;
    const { name, number, symbol, issuedOn, issuingAgencyName, ...read } = readMinimumFields(fields);
    const stated = { issuedOn, validTo: confirmation.validTo ?? read.validTo, permanent };
    const { validFrom, validTo } = settleValidity(type.validity, stated, vietnamDate(now));

    await this.addOwners(before, confirmation);
    const document = await this.store.get(id);
    const paper: RankedPaper = { documentId: id, issuedOn, changeNumber: changeNumberOf(fields), number, symbol };
    const supersession = await this.settle(document, type.supersession, paper);

    await this.store.patch(id, {
      state: 'ACTIVE',
      ...(name !== undefined && { name }),
      content: { number, symbol, fields },
      issuedOn: issuedOn ?? null,
      issuingAgencyName: issuingAgencyName ?? null,
      issuingAgencyCode: await this.agencyCode(issuingAgencyName, issuedOn ?? vietnamDate(now)),
      validFrom: validFrom ?? null,
      validTo: validTo ?? null,
      permanent,
      scope: confirmation.scope ?? read.scope ?? null,
      returnedAt: document.returnedAt ?? (confirmation.returned ? now : null),
      confirmedById: confirmation.confirmedBy.accountId,
      confirmedByName: confirmation.confirmedBy.name,
      confirmedAt: now,
    });
    const actorId = confirmation.confirmedBy.accountId;
    await this.store.appendChange(id, {
      kind: 'FIELDS_CONFIRMED',
      actorId,
      fromState: before.state,
      toState: 'CONFIRMED',
      fields: fieldChanges(before.fields, fields),
    });
    await this.store.appendChange(id, { kind: 'STATE_CHANGED', actorId, fromState: 'CONFIRMED', toState: 'ACTIVE' });
    await this.events.publish('vn.khoso.document.confirmed.v1', { documentId: id });
    await this.end(supersession);
    // Last: the series stays locked until the transaction ends.
    await this.store.patch(id, { code: await this.issueCode(document, confirmation.code) });
  }

  private async addOwners(
    document: DocumentRecord,
    { additionalOwners = [], confirmedBy }: Confirmation,
  ): Promise<void> {
    const fresh = additionalOwners.filter(
      ({ ownerId, role }) => !document.owners.some((known) => known.owner.id === ownerId && known.role === role),
    );
    if (fresh.length === 0) return;
    await this.store.insertOwners(document.id, fresh, document.owners.length);
    await this.store.appendChange(document.id, { kind: 'OWNERS_ADDED', actorId: confirmedBy.accountId });
  }

  private async settle(
    document: DocumentRecord,
    rule: Parameters<typeof settleSupersession>[0],
    paper: RankedPaper,
  ): Promise<Supersession> {
    if (rule === 'INDEPENDENT') return settleSupersession(rule, paper, []);
    const ownerIds = document.owners.filter(({ role }) => isOwning(role)).map(({ owner }) => owner.id);
    await this.store.lockOwnerGroups(ownerIds);
    const others = new Map<string, DocumentRecord>();
    for (const ownerId of ownerIds) {
      for (const other of await this.store.findByOwner(ownerId, [], [document.typeCode])) others.set(other.id, other);
    }
    const onFile = papersOnFile([...others.values()].filter((other) => other.id !== document.id));
    return settleSupersession(rule, paper, onFile);
  }

  private async end({ latestId, endedIds }: Supersession): Promise<void> {
    const predecessorId = endedIds.at(-1);
    if (predecessorId === undefined) return;
    const locked = new Map((await this.store.lock([...endedIds, latestId])).map((document) => [document.id, document]));
    for (const endedId of endedIds) {
      const ended = locked.get(endedId);
      // Revoked while this confirmation waited for it.
      if (!ended || !liveStates.includes(ended.state)) continue;
      await this.store.moveTo(ended, 'SUPERSEDED', undefined, {
        replacedBy: latestId,
        replacementRelation: 'REPLACES',
      });
      await this.events.publish('vn.khoso.document.superseded.v1', {
        documentId: endedId,
        successorDocumentId: latestId,
      });
    }
    if (locked.get(latestId)?.replaces === undefined) await this.store.patch(latestId, { replaces: predecessorId });
  }

  private async issueCode(document: DocumentRecord, parts: CodeParts): Promise<DocumentCodeParts> {
    const main = document.owners.find(({ role }) => role === 'owner');
    const owner = main ? (await this.owners.revealIdentifier(main.owner.id)).value : '';
    const prefix = { owner, ...codeSubject(parts) };
    // The prefix holds a personal number, and the counters' table is not ours: it gets the blind index.
    const series = this.protection.blindIndex('document-code-prefix', codePrefix(prefix));
    return { ...prefix, ordinal: await this.counter.next('document-code', series) };
  }

  private async agencyCode(name: string | undefined, on: CalendarDate): Promise<string | null> {
    if (name === undefined) return null;
    const agencies = await this.catalogue.agencies(on);
    return agencies.find((agency) => nameKey(agency.name) === nameKey(name))?.code ?? null;
  }
}
