import type { DataSource } from 'typeorm';
import { type AuditRow, chainStart, linkHash } from './infrastructure/audit-row.js';

export type AuditFaultReason =
  /** A link is missing between this one and the one before. */
  | 'SEQUENCE_GAP'
  /** The link does not continue the one before: one of the two was rewritten. */
  | 'CHAIN_BROKEN'
  /** The entry was deleted. */
  | 'ENTRY_MISSING'
  /** The entry, or its link, is not what was linked. */
  | 'ENTRY_ALTERED'
  /** The entry was written around the chain, or taken out of it. */
  | 'ENTRY_UNLINKED';

export interface AuditVerification {
  /** Links whose hash was computed again. */
  readonly checked: number;
  readonly ok: boolean;
  /** The earliest entry at fault; `sequence` is 0 for one outside the chain. */
  readonly firstFault?: { readonly sequence: number; readonly entryId: string; readonly reason: AuditFaultReason };
  /** Hash of the last link checked; keep it elsewhere to notice a chain that was cut off and continued. */
  readonly head: string;
}

interface Link {
  readonly sequence: string;
  readonly entry_id: string;
  readonly prev_hash: string;
  readonly hash: string;
}

/** Without its entry when that is gone. */
type LinkedRow = Link & (AuditRow | { readonly id: null });

const batch = 5000;

// One look-up per link, as OFFSET 0 has it: PostgreSQL would read the whole log for a join with a batch of this size.
const nextLinks = `SELECT link.*, entry.*
  FROM (SELECT sequence, entry_id, prev_hash, hash FROM audit.link WHERE sequence > $1 ORDER BY sequence LIMIT $2) link
    LEFT JOIN LATERAL (SELECT * FROM audit.entry WHERE id = link.entry_id OFFSET 0) entry ON true
  ORDER BY link.sequence`;

/** Computes the whole chain again from the rows. Needs only SELECT; memory does not grow with the log. */
export class AuditVerifier {
  constructor(private readonly dataSource: DataSource) {}

  async verify(): Promise<AuditVerification> {
    let checked = 0;
    let head = chainStart;
    let reading = this.read(checked);
    for (;;) {
      const links = await reading;
      const last = links.at(-1);
      if (last && links.length === batch) {
        // The database fetches the next rows while the hashes of these are computed.
        reading = this.read(Number(last.sequence));
        // One that is not waited for any more, because a fault was found, must not end the process when it fails.
        reading.catch(() => undefined);
      }
      for (const link of links) {
        const reason = faultOf(link, checked + 1, head);
        if (reason) {
          return {
            checked,
            ok: false,
            head,
            firstFault: { sequence: Number(link.sequence), entryId: link.entry_id, reason },
          };
        }
        checked += 1;
        head = link.hash;
      }
      if (links.length < batch) break;
    }
    const [outsider]: { id: string }[] = await this.dataSource.query(
      `SELECT entry.id FROM audit.entry
       WHERE NOT EXISTS (SELECT 1 FROM audit.link WHERE link.entry_id = entry.id)
         AND NOT EXISTS (SELECT 1 FROM audit.pending WHERE pending.entry_id = entry.id)
       ORDER BY entry.ordinal LIMIT 1`,
    );
    if (!outsider) return { checked, ok: true, head };
    return { checked, ok: false, head, firstFault: { sequence: 0, entryId: outsider.id, reason: 'ENTRY_UNLINKED' } };
  }

  /** The links after a sequence number, a batch of them, each with its entry. */
  private read(after: number): Promise<readonly LinkedRow[]> {
    return this.dataSource.query(nextLinks, [after, batch]);
  }
}

const faultOf = (link: LinkedRow, sequence: number, head: string): AuditFaultReason | undefined => {
  if (Number(link.sequence) !== sequence) return 'SEQUENCE_GAP';
  if (link.prev_hash !== head) return 'CHAIN_BROKEN';
  if (link.id === null) return 'ENTRY_MISSING';
  return linkHash(head, sequence, link) === link.hash ? undefined : 'ENTRY_ALTERED';
};
