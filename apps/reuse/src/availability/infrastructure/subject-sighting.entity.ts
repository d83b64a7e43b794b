import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ schema: 'reuse', name: 'subject_sighting' })
export class SubjectSightingEntity {
  @PrimaryColumn({ type: 'text' })
  watcher!: string;

  @PrimaryColumn({ name: 'subject_key', type: 'text' })
  subjectKey!: string;

  @Column({ name: 'last_seen_at', type: 'timestamptz' })
  lastSeenAt!: Date;
}
