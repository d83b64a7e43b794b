import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';

/** Who was merged into whom and taken out again; insert-only. */
@Entity({ schema: 'records', name: 'owner_history' })
export class OwnerHistoryEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { name: 'owner_id' })
  ownerId!: string;

  @Column('uuid', { name: 'other_owner_id' })
  otherOwnerId!: string;

  @Column('text')
  action!: 'MERGED_INTO' | 'TAKEN_OUT_OF';

  @Column('text')
  reason!: string;

  @Column('text', { name: 'actor_id', nullable: true })
  actorId!: string | null;

  @CreateDateColumn({ type: 'timestamptz' })
  at!: Date;
}
