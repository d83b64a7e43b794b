import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { OwnerRole } from '../../records.port.js';

@Entity({ schema: 'records', name: 'document_owner' })
export class DocumentOwnerEntity {
  @PrimaryColumn('uuid', { name: 'document_id' })
  documentId!: string;

  @PrimaryColumn('uuid', { name: 'owner_id' })
  ownerId!: string;

  @PrimaryColumn('text')
  role!: OwnerRole;

  /** Order in which they were named: the first owner gives the code its identifier. */
  @Column('int')
  position!: number;
}
