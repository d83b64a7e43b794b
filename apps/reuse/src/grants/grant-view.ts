import type { DocumentRecord, Owner } from '#domain/records';
import type { Grant } from './grant.js';

/** A grant with its documents as they are now. */
export interface GrantView {
  readonly grant: Grant;
  readonly owner: Owner;
  /** In the order of the grant's documents. */
  readonly documents: readonly DocumentRecord[];
  readonly at: Date;
}
