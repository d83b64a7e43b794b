import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { DossierNotice } from '../dossiers.port.js';

@Entity({ schema: 'dossiers', name: 'notice' })
export class DossierNoticeEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { name: 'dossier_id' })
  dossierId!: string;

  @Column('text', { name: 'component_id' })
  componentId!: string;

  @Column('text')
  kind!: DossierNotice['kind'];

  @Column('uuid', { name: 'document_id' })
  documentId!: string;

  @Column('uuid', { name: 'successor_document_id', nullable: true })
  successorDocumentId!: string | null;

  /** Event that told of it; empty where one notice of the kind is enough. */
  @Column('text')
  occurrence!: string;

  @Column('timestamptz')
  at!: Date;

  @Column('timestamptz', { name: 'acknowledged_at', nullable: true })
  acknowledgedAt!: Date | null;
}
