import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ComponentState, ExceptionReason } from '../dossiers.port.js';

@Entity({ schema: 'dossiers', name: 'component' })
export class DossierComponentEntity {
  @PrimaryColumn('uuid', { name: 'dossier_id' })
  dossierId!: string;

  @PrimaryColumn('text', { name: 'component_id' })
  componentId!: string;

  /** Order in the procedure. */
  @Column('int')
  position!: number;

  @Column('int')
  state!: ComponentState;

  @Column('uuid', { name: 'document_id', nullable: true })
  documentId!: string | null;

  @Column('uuid', { name: 'version_id', nullable: true })
  versionId!: string | null;

  @Column('text', { nullable: true })
  sha256!: string | null;

  @Column('boolean', { name: 'from_national_store' })
  fromNationalStore!: boolean;

  @Column('text', { name: 'replaced_by_result_code', nullable: true })
  replacedByResultCode!: string | null;

  @Column('text', { name: 'exception_reason', nullable: true })
  exceptionReason!: ExceptionReason | null;

  @Column('text', { name: 'exception_text', nullable: true })
  exceptionText!: string | null;
}
