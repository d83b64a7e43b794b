import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';
import type { OwnerKind } from '../../records.port.js';

@Entity({ schema: 'records', name: 'owner' })
export class OwnerEntity {
  @PrimaryColumn('uuid')
  id!: string;

  /** Head of the owners merged into one; own id when never merged. */
  @Column('uuid', { name: 'group_id' })
  groupId!: string;

  @Column('uuid', { name: 'merged_into', nullable: true })
  mergedInto!: string | null;

  @Column('text')
  kind!: OwnerKind;

  @Column('text')
  name!: string;

  /** Blind index of the main identifier. */
  @Column('text', { name: 'subject_key' })
  subjectKey!: string;

  /** Main identifier, encrypted; null when there is none. */
  @Column('bytea', { nullable: true })
  identifier!: Buffer | null;

  @Column('date', { name: 'birth_date', nullable: true })
  birthDate!: string | null;

  @Column('text', { nullable: true })
  sex!: 'male' | 'female' | null;

  @CreateDateColumn({ type: 'timestamptz', name: 'created_at' })
  createdAt!: Date;
}
