import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { DocumentState, SubmissionForm } from '../../records.port.js';

/** `content`, `code_owner` and `code_detail` are encrypted: fields and numbers of a paper hold personal numbers. */
@Entity({ schema: 'records', name: 'document' })
export class DocumentEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text', { name: 'type_code' })
  typeCode!: string;

  @Column('text')
  name!: string;

  @Column('text')
  kind!: 'result' | 'component';

  @Column('text')
  state!: DocumentState;

  @Column('text', { name: 'submission_form' })
  submissionForm!: SubmissionForm;

  @Column('text', { name: 'custodian_agency_code' })
  custodianAgencyCode!: string;

  @Column('uuid', { name: 'dossier_id', nullable: true })
  dossierId!: string | null;

  @Column('boolean')
  restricted!: boolean;

  /** Encrypted JSON: number, symbol, fields. */
  @Column('bytea', { nullable: true })
  content!: Buffer | null;

  /** Blind index of number and symbol, for finding the same paper again (FR-16). */
  @Column('text', { name: 'number_index', nullable: true })
  numberIndex!: string | null;

  @Column('date', { name: 'issued_on', nullable: true })
  issuedOn!: string | null;

  @Column('text', { name: 'issuing_agency_name', nullable: true })
  issuingAgencyName!: string | null;

  @Column('text', { name: 'issuing_agency_code', nullable: true })
  issuingAgencyCode!: string | null;

  @Column('date', { name: 'valid_from', nullable: true })
  validFrom!: string | null;

  @Column('date', { name: 'valid_to', nullable: true })
  validTo!: string | null;

  @Column('boolean')
  permanent!: boolean;

  @Column('text', { nullable: true })
  scope!: string | null;

  @Column('timestamptz', { name: 'returned_at', nullable: true })
  returnedAt!: Date | null;

  @Column('bytea', { name: 'code_owner', nullable: true })
  codeOwner!: Buffer | null;

  @Column('text', { name: 'code_subject', nullable: true })
  codeSubject!: string | null;

  @Column('bytea', { name: 'code_detail', nullable: true })
  codeDetail!: Buffer | null;

  @Column('int', { name: 'code_ordinal', nullable: true })
  codeOrdinal!: number | null;

  /** Blind index of the whole code: unique, and how a code is looked up. */
  @Column('text', { name: 'code_index', nullable: true })
  codeIndex!: string | null;

  @Column('uuid', { nullable: true })
  replaces!: string | null;

  @Column('uuid', { name: 'replaced_by', nullable: true })
  replacedBy!: string | null;

  @Column('text', { name: 'replacement_relation', nullable: true })
  replacementRelation!: 'REPLACES' | 'CORRECTS' | 'RENEWS' | null;

  @Column('text', { name: 'confirmed_by_id', nullable: true })
  confirmedById!: string | null;

  @Column('text', { name: 'confirmed_by_name', nullable: true })
  confirmedByName!: string | null;

  @Column('timestamptz', { name: 'confirmed_at', nullable: true })
  confirmedAt!: Date | null;

  @Column('jsonb', { nullable: true })
  revocation!: object | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
}
