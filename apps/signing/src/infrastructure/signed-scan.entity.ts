import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ schema: 'signing', name: 'signed_scan' })
export class SignedScanEntity {
  @PrimaryColumn('uuid', { name: 'scan_id' }) scanId!: string;
  @Column('text') sha256!: string;
  @Column('uuid', { name: 'signer_key_id' }) signerKeyId!: string;
  @Column('timestamptz', { name: 'signed_at' }) signedAt!: Date;
}
