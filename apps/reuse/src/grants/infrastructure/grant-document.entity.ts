import type { ReuseDecision, ReuseReason } from '#domain/availability';
import type { DocumentState } from '#domain/records';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ schema: 'reuse', name: 'grant_document' })
export class GrantDocumentEntity {
  @PrimaryColumn({ name: 'grant_id', type: 'uuid' })
  grantId!: string;

  @PrimaryColumn({ name: 'document_id', type: 'uuid' })
  documentId!: string;

  @PrimaryColumn({ name: 'component_id', type: 'text' })
  componentId!: string;

  /** Place in the request, so that answers keep its order. */
  @Column({ type: 'int' })
  position!: number;

  @Column({ name: 'version_id', type: 'uuid' })
  versionId!: string;

  @Column({ name: 'version_number', type: 'int' })
  versionNumber!: number;

  @Column({ type: 'text' })
  sha256!: string;

  /** bigint, which the driver reads as text. */
  @Column({ type: 'bigint' })
  bytes!: string;

  @Column({ type: 'text' })
  decision!: ReuseDecision;

  @Column({ type: 'jsonb' })
  reasons!: readonly ReuseReason[];

  @Column({ type: 'text' })
  state!: DocumentState;
}
