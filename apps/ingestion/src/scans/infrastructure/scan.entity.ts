import type { SubmissionForm } from '#domain/records';
import type { Finding, Inspection } from '#engines/digitisation';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { PossibleDuplicate, ScanState } from '../scan.js';

@Entity({ schema: 'ingestion', name: 'scan' })
export class ScanEntity {
  @PrimaryColumn('uuid')
  id!: string;
  @Column('uuid', { name: 'dossier_id' })
  dossierId!: string;
  @Column('text', { name: 'component_id' })
  componentId!: string;
  @Column('uuid', { name: 'document_id' })
  documentId!: string;
  @Column('uuid', { name: 'owner_id' })
  ownerId!: string;
  @Column('text', { name: 'agency_code' })
  agencyCode!: string;
  @Column('text', { name: 'document_type_code' })
  documentTypeCode!: string;
  @Column('text', { name: 'submission_form' })
  submissionForm!: SubmissionForm;
  @Column('uuid', { name: 'officer_id' })
  officerId!: string;
  @Column('text', { name: 'officer_name' })
  officerName!: string;
  @Column('text')
  state!: ScanState;
  @Column('char', { name: 'original_sha256', length: 64 })
  originalSha256!: string;
  /** As text: PostgreSQL's bigint does not fit a JavaScript number in general. */
  @Column('bigint', { name: 'original_bytes' })
  originalBytes!: string;
  @Column('text', { name: 'original_media_type' })
  originalMediaType!: string;
  @Column('char', { name: 'pdf_sha256', length: 64 })
  pdfSha256!: string;
  @Column('bigint', { name: 'pdf_bytes' })
  pdfBytes!: string;
  @Column('char', { name: 'signed_sha256', length: 64, nullable: true })
  signedSha256!: string | null;
  @Column('bigint', { name: 'signed_bytes', nullable: true })
  signedBytes!: string | null;
  @Column('integer')
  pages!: number;
  @Column('jsonb')
  inspection!: Inspection;
  @Column('jsonb')
  findings!: readonly Finding[];
  @Column('jsonb')
  duplicates!: readonly PossibleDuplicate[];
  @Column('text', { name: 'failure_code', nullable: true })
  failureCode!: string | null;
  @Column('integer')
  reading!: number;
  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
}
