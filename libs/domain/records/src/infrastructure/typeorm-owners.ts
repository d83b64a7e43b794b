import { Injectable } from '@nestjs/common';
import { DomainError, newId } from '#kernel';
import { currentContext } from '#platform/observability';
import { IdentifierProtection, TransactionRunner } from '#platform/persistence';
import { type Owner, type OwnerIdentifier, Owners } from '../records.port.js';
import { normaliseIdentifier } from '../rules/owner-identifier.js';
import { OwnerAliasEntity } from './entities/owner-alias.entity.js';
import { OwnerHistoryEntity } from './entities/owner-history.entity.js';
import { OwnerEntity } from './entities/owner.entity.js';
import { isId } from './is-id.js';
import { OwnerMapper, type OwnerRow } from './owner.mapper.js';

@Injectable()
export class TypeormOwners extends Owners {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly protection: IdentifierProtection,
    private readonly mapper: OwnerMapper,
  ) {
    super();
  }

  private get manager() {
    return this.transactions.manager;
  }

  override async resolve(given: OwnerIdentifier, known: Parameters<Owners['resolve']>[1]): Promise<Owner> {
    const identifier = normaliseIdentifier(given);
    return this.transactions.run(async () => {
      const found = await this.findNormalised(identifier);
      if (found) return found;
      await this.lockIdentifier(identifier);
      return (await this.findNormalised(identifier)) ?? this.create(identifier, known);
    });
  }

  override async find(identifier: OwnerIdentifier): Promise<Owner | undefined> {
    return this.findNormalised(normaliseIdentifier(identifier));
  }

  override async findBySubjectKey(subjectKey: string): Promise<Owner | undefined> {
    const rows: OwnerRow[] = await this.manager.query(
      `SELECT h.id, h.group_id AS "groupId", h.kind, h.name, h.subject_key AS "subjectKey", h.identifier,
         h.birth_date::text AS "birthDate", h.sex
       FROM records.owner_alias a JOIN records.owner m ON m.id = a.owner_id JOIN records.owner h ON h.id = m.group_id
       WHERE a.blind_index = $1`,
      [subjectKey],
    );
    const [row] = rows;
    return row ? this.mapper.toOwner(row) : undefined;
  }

  override async get(id: string): Promise<Owner> {
    return this.mapper.toOwner(await this.row(id));
  }

  override async addAlias(ownerId: string, given: OwnerIdentifier): Promise<void> {
    const identifier = normaliseIdentifier(given);
    if (identifier.kind === 'UNKNOWN') throw new DomainError('owner-identifier-invalid', { kind: identifier.kind });
    await this.transactions.run(async () => {
      const owner = await this.row(ownerId);
      await this.lockIdentifier(identifier);
      const blindIndex = this.protection.blindIndex(identifier.kind, identifier.value);
      const holder = await this.manager.findOneBy(OwnerAliasEntity, { blindIndex });
      if (holder?.ownerId === owner.id) return;
      if (holder) throw new DomainError('owner-alias-taken');
      await this.insertAlias(owner.id, blindIndex, identifier);
    });
  }

  override async merge(intoOwnerId: string, fromOwnerId: string, reason: string): Promise<void> {
    await this.transactions.run(async () => {
      await this.lockGroups();
      const [into, from] = [await this.row(intoOwnerId), await this.row(fromOwnerId)];
      // What is merged already is moved by its head, else it would be in two places.
      if (into.groupId === from.groupId || from.mergedInto !== null) throw new DomainError('owner-merge-conflict');
      await this.manager.update(OwnerEntity, { id: from.id }, { mergedInto: into.id });
      await this.manager.update(OwnerEntity, { groupId: from.groupId }, { groupId: into.groupId });
      await this.remember(from.id, into.id, 'MERGED_INTO', reason);
    });
  }

  override async unmerge(ownerId: string, reason: string): Promise<void> {
    await this.transactions.run(async () => {
      await this.lockGroups();
      const owner = await this.row(ownerId);
      if (owner.mergedInto === null) throw new DomainError('owner-merge-conflict');
      await this.manager.query(
        `WITH RECURSIVE branch AS (
           SELECT id FROM records.owner WHERE id = $1
           UNION SELECT o.id FROM records.owner o JOIN branch b ON o.merged_into = b.id
         )
         UPDATE records.owner SET group_id = $1 WHERE id IN (SELECT id FROM branch)`,
        [owner.id],
      );
      await this.manager.update(OwnerEntity, { id: owner.id }, { mergedInto: null });
      await this.remember(owner.id, owner.mergedInto, 'TAKEN_OUT_OF', reason);
    });
  }

  override async revealIdentifier(ownerId: string): Promise<OwnerIdentifier> {
    const { kind, identifier } = await this.row(ownerId);
    return { kind, value: identifier === null ? '' : this.protection.decrypt(identifier) };
  }

  private async findNormalised({ kind, value }: OwnerIdentifier): Promise<Owner | undefined> {
    return kind === 'UNKNOWN' ? undefined : this.findBySubjectKey(this.protection.blindIndex(kind, value));
  }

  private async create(identifier: OwnerIdentifier, known: Parameters<Owners['resolve']>[1]): Promise<Owner> {
    const id = newId();
    const { kind, value } = identifier;
    const subjectKey = this.protection.blindIndex(kind, kind === 'UNKNOWN' ? id : value);
    const row = {
      id,
      groupId: id,
      mergedInto: null,
      kind,
      name: known.name,
      subjectKey,
      identifier: this.seal(identifier),
      birthDate: known.birthDate ?? null,
      sex: known.sex ?? null,
    };
    await this.manager.insert(OwnerEntity, row);
    await this.insertAlias(id, subjectKey, identifier);
    return this.mapper.toOwner(row);
  }

  private async insertAlias(ownerId: string, blindIndex: string, identifier: OwnerIdentifier): Promise<void> {
    await this.manager.insert(OwnerAliasEntity, {
      blindIndex,
      ownerId,
      kind: identifier.kind,
      identifier: this.seal(identifier),
    });
  }

  private seal({ kind, value }: OwnerIdentifier): Buffer | null {
    return kind === 'UNKNOWN' ? null : this.protection.encrypt(value);
  }

  private async row(id: string): Promise<OwnerEntity> {
    const row = isId(id) ? await this.manager.findOneBy(OwnerEntity, { id }) : null;
    if (!row) throw new DomainError('owner-not-found');
    return row;
  }

  // Two desks that name the same new person at once make one owner: the second waits and then finds the first's.
  private async lockIdentifier({ kind, value }: OwnerIdentifier): Promise<void> {
    if (kind === 'UNKNOWN') return;
    await this.manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
      this.protection.blindIndex(kind, value),
    ]);
  }

  // Merging is rare; one at a time keeps groups a forest.
  private async lockGroups(): Promise<void> {
    await this.manager.query(`SELECT pg_advisory_xact_lock(hashtextextended('records.owner.group', 0))`);
  }

  private async remember(
    ownerId: string,
    otherOwnerId: string,
    action: OwnerHistoryEntity['action'],
    reason: string,
  ): Promise<void> {
    const actorId = currentContext()?.actor?.id ?? null;
    await this.manager.insert(OwnerHistoryEntity, { id: newId(), ownerId, otherOwnerId, action, reason, actorId });
  }
}
