import { Column, Entity, PrimaryColumn, UpdateDateColumn } from 'typeorm';

@Entity({ schema: 'signing', name: 'signature_image' })
export class SignatureImageEntity {
  @PrimaryColumn('text', { name: 'holder_kind' }) holderKind!: 'PERSON' | 'AGENCY';
  @PrimaryColumn('text', { name: 'holder_id' }) holderId!: string;
  @Column('text') sha256!: string;
  @UpdateDateColumn({ type: 'timestamptz', name: 'updated_at' }) updatedAt!: Date;
}
