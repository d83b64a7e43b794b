import type { JWK } from 'jose';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ schema: 'auth', name: 'client' })
export class ClientEntity {
  @PrimaryColumn('text')
  id!: string;
  @Column('text')
  name!: string;
  @Column('text', { name: 'agency_code' })
  agencyCode!: string;
  @Column('text', { array: true })
  scopes!: string[];
  @Column('char', { name: 'secret_hash', length: 64 })
  secretHash!: string;
  @Column('jsonb')
  keys!: JWK[];
  @Column('timestamptz', { name: 'disabled_at', nullable: true })
  disabledAt!: Date | null;
  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
}
