import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { DocumentChangeKind, DocumentState } from '../../records.port.js';

/** Insert-only. */
@Entity({ schema: 'records', name: 'document_history' })
export class DocumentHistoryEntity {
  /** UUID version 7, so that rows of one instant keep their order. */
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { name: 'document_id' })
  documentId!: string;

  @Column('timestamptz')
  at!: Date;

  @Column('text')
  kind!: DocumentChangeKind;

  @Column('text', { name: 'actor_id', nullable: true })
  actorId!: string | null;

  @Column('text', { name: 'from_state', nullable: true })
  fromState!: DocumentState | null;

  @Column('text', { name: 'to_state', nullable: true })
  toState!: DocumentState | null;

  @Column('text', { nullable: true })
  reason!: string | null;

  /** Encrypted JSON of the changed fields, before and after (FR-25). */
  @Column('bytea', { nullable: true })
  fields!: Buffer | null;
}
