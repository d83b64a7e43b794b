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

interface LinkRow {
  readonly sequence: string;
  readonly entry_id: string;
  readonly prev_hash: string;
  readonly hash: string;
}

const batch = 5000;

/** Computes the whole chain again from the rows. Needs only SELECT; memory does not grow with the log. */
export class AuditVerifier {
  constructor(private readonly dataSource: DataSource) {}

  async verify(): Promise<AuditVerification> {
    let checked = 0;
    let head = chainStart;
    let reading = this.read(checked);
    for (;;) {
      const { links, entries } = await reading;
      const last = links.at(-1);
      if (last && links.length === batch) {
        // The database fetches the next rows while the hashes of these are computed.
        reading = this.read(Number(last.sequence));
        // One that is not waited for any more, because a fault was found, must not end the process when it fails.
        reading.catch(() => undefined);
      }
      for (const link of links) {
        const reason = faultOf(link, checked + 1, head, entries.get(link.entry_id));
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

  /** The links after a sequence number, a batch of them, with their entries by id. */
  private async read(after: number): Promise<{
    readonly links: readonly LinkRow[];
    readonly entries: ReadonlyMap<string, AuditRow>;
  }> {
    const links: LinkRow[] = await this.dataSource.query(
      'SELECT sequence, entry_id, prev_hash, hash FROM audit.link WHERE sequence > $1 ORDER BY sequence LIMIT $2',
      [after, batch],
    );
    const rows: AuditRow[] = await this.dataSource.query('SELECT * FROM audit.entry WHERE id = ANY($1)', [
      links.map((link) => link.entry_id),
    ]);
    return { links, entries: new Map(rows.map((row) => [row.id, row])) };
  }
}

const faultOf = (
  link: LinkRow,
  sequence: number,
  head: string,
  row: AuditRow | undefined,
): AuditFaultReason | undefined => {
  if (Number(link.sequence) !== sequence) return 'SEQUENCE_GAP';
  if (link.prev_hash !== head) return 'CHAIN_BROKEN';
  if (!row) return 'ENTRY_MISSING';
  return linkHash(head, sequence, row) === link.hash ? undefined : 'ENTRY_ALTERED';
};
