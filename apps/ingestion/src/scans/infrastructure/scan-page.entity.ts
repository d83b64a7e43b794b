import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { PageState } from '../scan.js';

@Entity({ schema: 'ingestion', name: 'scan_page' })
export class ScanPageEntity {
  @PrimaryColumn('uuid', { name: 'scan_id' })
  scanId!: string;
  @PrimaryColumn('integer')
  number!: number;
  @Column('text')
  state!: PageState;
  @Column('double precision', { name: 'mean_confidence', nullable: true })
  meanConfidence!: number | null;
  /** Encrypted JSON of what was read; not selected unless asked for. */
  @Column('bytea', { nullable: true, select: false })
  result!: Buffer | null;
  @Column('text', { name: 'failure_code', nullable: true })
  failureCode!: string | null;
  @Column('timestamptz', { name: 'finished_at', nullable: true })
  finishedAt!: Date | null;
}
