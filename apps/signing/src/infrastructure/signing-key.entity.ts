import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';

@Entity({ schema: 'signing', name: 'signing_key' })
export class SigningKeyEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('text', { name: 'holder_kind' }) holderKind!: 'PERSON' | 'AGENCY';
  @Column('text', { name: 'holder_id' }) holderId!: string;
  @Column('text') source!: 'DEVELOPMENT' | 'PKCS12';
  @Column('text') subject!: string;
  @Column('text') issuer!: string;
  @Column('text', { name: 'serial_number' }) serialNumber!: string;
  @Column('text') algorithm!: string;
  @Column('timestamptz', { name: 'valid_from' }) validFrom!: Date;
  @Column('timestamptz', { name: 'valid_to' }) validTo!: Date;
  @Column('text', { name: 'certificate_sha256' }) certificateSha256!: string;
  @CreateDateColumn({ type: 'timestamptz', name: 'created_at' }) createdAt!: Date;
}
