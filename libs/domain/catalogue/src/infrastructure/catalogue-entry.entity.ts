import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One version of one entry of any register; `content` is the whole entry but its end. */
@Entity({ schema: 'catalogue', name: 'entry' })
export class CatalogueEntryEntity {
  @PrimaryColumn({ type: 'text' })
  kind!: string;

  @PrimaryColumn({ type: 'text' })
  code!: string;

  @PrimaryColumn({ name: 'valid_from', type: 'date' })
  validFrom!: string;

  @Column({ name: 'valid_to', type: 'date', nullable: true })
  validTo!: string | null;

  @Column({ type: 'text', nullable: true })
  successor!: string | null;

  @Column({ type: 'jsonb' })
  content!: object;

  @Column({ name: 'content_sha256', type: 'text' })
  contentSha256!: string;
}
