import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Insert-only. */
@Entity({ schema: 'records', name: 'document_version' })
export class DocumentVersionEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { name: 'document_id' })
  documentId!: string;

  @Column('int')
  number!: number;

  @Column('text')
  sha256!: string;

  @Column('bigint')
  bytes!: number;

  @Column('text', { name: 'media_type' })
  mediaType!: 'application/pdf';

  @Column('int')
  pages!: number;

  @Column('text', { name: 'original_sha256', nullable: true })
  originalSha256!: string | null;

  @Column('jsonb')
  signature!: object;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
}
