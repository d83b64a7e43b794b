import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { DossierStatus } from '../dossiers.port.js';

@Entity({ schema: 'dossiers', name: 'dossier' })
export class DossierEntity {
  /** UUID version 7: its order is the order of creation. */
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  code!: string;

  @Column('text', { name: 'procedure_code' })
  procedureCode!: string;

  @Column('date', { name: 'received_on' })
  receivedOn!: string;

  @Column('uuid', { name: 'owner_id' })
  ownerId!: string;

  @Column('text', { name: 'agency_code' })
  agencyCode!: string;

  @Column('text', { name: 'officer_id' })
  officerId!: string;

  @Column('text')
  status!: DossierStatus;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'closed_at', nullable: true })
  closedAt!: Date | null;
}
