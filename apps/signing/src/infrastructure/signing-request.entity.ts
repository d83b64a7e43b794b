import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';
import type {
  DateSlots,
  NumberSlot,
  SignatureBox,
  SignerSlot,
  SigningFailure,
  SigningRequestState,
} from '../requests/signing-request.js';

/** As JSON holds it. */
export type StoredFailure = Omit<SigningFailure, 'at'> & { readonly at: string };

@Entity({ schema: 'signing', name: 'signing_request' })
export class SigningRequestEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') title!: string;
  @Column('text', { name: 'document_type_code' }) documentTypeCode!: string;
  @Column('text') symbol!: string;
  @Column('text', { name: 'agency_code' }) agencyCode!: string;
  @Column('text', { name: 'signer_id' }) signerId!: string;
  @Column('text', { name: 'signer_name' }) signerName!: string;
  @Column('text', { name: 'created_by' }) createdBy!: string;
  @Column('uuid', { name: 'owner_id' }) ownerId!: string;
  @Column('uuid', { name: 'dossier_id', nullable: true }) dossierId!: string | null;
  @Column('text') state!: SigningRequestState;
  @Column('text', { name: 'draft_sha256' }) draftSha256!: string;
  @Column('text', { name: 'current_sha256' }) currentSha256!: string;
  @Column('int') pages!: number;
  @Column('jsonb', { name: 'signer_slot' }) signerSlot!: SignerSlot;
  @Column('jsonb', { name: 'number_slot' }) numberSlot!: NumberSlot;
  @Column('jsonb', { name: 'date_slots', nullable: true }) dateSlots!: DateSlots | null;
  @Column('int', { nullable: true }) number!: number | null;
  @Column('int', { name: 'numbered_year', nullable: true }) numberedYear!: number | null;
  @Column('date', { name: 'issued_on', nullable: true }) issuedOn!: string | null;
  @Column('timestamptz', { name: 'signed_at', nullable: true }) signedAt!: Date | null;
  @Column('jsonb', { name: 'signature_box', nullable: true }) signatureBox!: SignatureBox | null;
  @Column('uuid', { name: 'signer_key_id', nullable: true }) signerKeyId!: string | null;
  @Column('timestamptz', { name: 'sealed_at', nullable: true }) sealedAt!: Date | null;
  @Column('uuid', { name: 'document_id', nullable: true }) documentId!: string | null;
  @Column('timestamptz', { name: 'returned_at', nullable: true }) returnedAt!: Date | null;
  @Column('text', { name: 'rejection_reason', nullable: true }) rejectionReason!: string | null;
  @Column('jsonb', { nullable: true }) failure!: StoredFailure | null;
  @CreateDateColumn({ type: 'timestamptz', name: 'created_at' }) createdAt!: Date;
}
