import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Role } from '../principal.js';

@Entity({ schema: 'auth', name: 'account' })
export class AccountEntity {
  @PrimaryColumn('uuid')
  id!: string;
  /** Lower case. */
  @Column('text')
  username!: string;
  @Column('text')
  name!: string;
  @Column('text', { array: true })
  roles!: Role[];
  @Column('text', { name: 'agency_code', nullable: true })
  agencyCode!: string | null;
  @Column('char', { name: 'subject_key', length: 64, nullable: true })
  subjectKey!: string | null;
  @Column('text', { name: 'password_hash' })
  passwordHash!: string;
  @Column('boolean', { name: 'must_change_password' })
  mustChangePassword!: boolean;
  /** Wrong passwords since the last right one. */
  @Column('integer')
  failures!: number;
  @Column('timestamptz', { name: 'locked_until', nullable: true })
  lockedUntil!: Date | null;
  /** Tokens carry it; raising it ends all of them. */
  @Column('integer', { name: 'token_epoch' })
  tokenEpoch!: number;
  @Column('timestamptz', { name: 'disabled_at', nullable: true })
  disabledAt!: Date | null;
  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
}
