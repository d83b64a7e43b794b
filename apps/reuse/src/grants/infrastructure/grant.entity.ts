import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { LegalBasis } from '../../calling/calling-context.js';
import type { StoredGrantStatus } from '../grant.js';

@Entity({ schema: 'reuse', name: 'access_grant' })
export class GrantEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ name: 'holder_kind', type: 'text' })
  holderKind!: 'account' | 'client';

  @Column({ name: 'holder_id', type: 'text' })
  holderId!: string;

  @Column({ name: 'actor_id', type: 'text' })
  actorId!: string;

  @Column({ name: 'actor_name', type: 'text', nullable: true })
  actorName!: string | null;

  @Column({ name: 'actor_agency_code', type: 'text' })
  actorAgencyCode!: string;

  @Column({ name: 'dossier_id', type: 'uuid' })
  dossierId!: string;

  @Column({ name: 'dossier_code', type: 'text' })
  dossierCode!: string;

  @Column({ name: 'agency_code', type: 'text' })
  agencyCode!: string;

  @Column({ name: 'procedure_code', type: 'text' })
  procedureCode!: string;

  @Column({ name: 'purpose_code', type: 'text' })
  purposeCode!: string;

  @Column({ name: 'legal_basis', type: 'text' })
  legalBasis!: LegalBasis;

  @Column({ name: 'legal_article', type: 'text', nullable: true })
  legalArticle!: string | null;

  @Column({ name: 'consent_ref', type: 'text', nullable: true })
  consentRef!: string | null;

  @Column({ type: 'boolean' })
  bulk!: boolean;

  @Column({ name: 'owner_id', type: 'uuid' })
  ownerId!: string;

  @Column({ name: 'subject_key', type: 'text' })
  subjectKey!: string;

  @Column({ type: 'text' })
  status!: StoredGrantStatus;

  @Column({ name: 'max_reads', type: 'int' })
  maxReads!: number;

  @Column({ type: 'int' })
  reads!: number;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  @Column({ name: 'expires_at', type: 'timestamptz' })
  expiresAt!: Date;

  @Column({ name: 'ended_at', type: 'timestamptz', nullable: true })
  endedAt!: Date | null;
}
