import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';
import type { OwnerKind } from '../../records.port.js';

/** Any identifier an owner is found by, the main one included. */
@Entity({ schema: 'records', name: 'owner_alias' })
export class OwnerAliasEntity {
  @PrimaryColumn('text', { name: 'blind_index' })
  blindIndex!: string;

  @Column('uuid', { name: 'owner_id' })
  ownerId!: string;

  @Column('text')
  kind!: OwnerKind;

  @Column('bytea', { nullable: true })
  identifier!: Buffer | null;

  @CreateDateColumn({ type: 'timestamptz', name: 'created_at' })
  createdAt!: Date;
}
