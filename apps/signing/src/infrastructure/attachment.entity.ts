import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ schema: 'signing', name: 'attachment' })
export class AttachmentEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'request_id' }) requestId!: string;
  @Column('text') title!: string;
  @Column('text', { name: 'document_number' }) documentNumber!: string;
  @Column('text') sha256!: string;
  @Column('int') pages!: number;
  @Column('uuid', { name: 'signer_key_id' }) signerKeyId!: string;
  @Column('text', { name: 'signed_by' }) signedBy!: string;
  @Column('timestamptz', { name: 'signed_at' }) signedAt!: Date;
}
