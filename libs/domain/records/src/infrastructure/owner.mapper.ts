import { Injectable } from '@nestjs/common';
import { maskIdentifier } from '#kernel';
import { IdentifierProtection } from '#platform/persistence';
import type { Owner } from '../records.port.js';
import type { OwnerEntity } from './entities/owner.entity.js';

export type OwnerRow = Pick<
  OwnerEntity,
  'id' | 'groupId' | 'kind' | 'name' | 'subjectKey' | 'identifier' | 'birthDate' | 'sex'
>;

@Injectable()
export class OwnerMapper {
  constructor(private readonly protection: IdentifierProtection) {}

  // The mask is not stored: beside a birth date and a sex it leaves a hundred numbers to try.
  toOwner(row: OwnerRow): Owner {
    return {
      id: row.id,
      groupId: row.groupId,
      kind: row.kind,
      name: row.name,
      subjectKey: row.subjectKey,
      maskedIdentifier: row.identifier === null ? '' : maskIdentifier(this.protection.decrypt(row.identifier)),
      birthDate: row.birthDate ?? undefined,
      sex: row.sex ?? undefined,
    };
  }
}
