import type { CalendarDate, DocumentType } from '#domain/catalogue';
import { DomainError } from '#kernel';

/** A confirmed paper as far as its place among others of the same owner and type goes. */
export interface RankedPaper {
  readonly documentId: string;
  readonly issuedOn?: CalendarDate;
  /** 3 for `thay đổi lần thứ 3`; 0 for a first registration or when the paper names none. */
  readonly changeNumber: number;
  readonly number?: string;
  readonly symbol?: string;
}

export interface PaperOnFile extends RankedPaper {
  /** Whether it can still end: ACTIVE or SUSPENDED. */
  readonly live: boolean;
}

/** Who is the newest, and who ends for it. */
export interface Supersession {
  readonly latestId: string;
  /** May hold the paper just confirmed, when a newer one is on file already. Oldest first. */
  readonly endedIds: readonly string[];
}

/**
 * What ends when a paper is confirmed (FR-64).
 * LATEST_ONLY: a new certificate ends all earlier ones of the owner (enterprise registration: Decree 01/2021 Art. 34(4)).
 * VERSIONED: a newer state of the same paper, known by its number and symbol, ends the older scans of it (changes page of a
 * land-use certificate). INDEPENDENT: nothing ends.
 * Newer is the later issue date, then the higher change number, then the later confirmation.
 *
 * @param onFile confirmed papers of the same owner and type except annulled ones, in the order of their confirmation. A
 * revoked newest paper still counts: its revocation does not bring the one before it back.
 * @throws DomainError `issue-date-required` for a LATEST_ONLY paper without issue date
 */
export const settleSupersession = (
  rule: DocumentType['supersession'],
  confirmed: RankedPaper,
  onFile: readonly PaperOnFile[],
): Supersession => {
  if (rule === 'LATEST_ONLY' && confirmed.issuedOn === undefined) throw new DomainError('issue-date-required');
  const ranked = [...onFile.filter((paper) => competes(rule, paper, confirmed)), { ...confirmed, live: true }].sort(
    byAge,
  );
  const latestId = ranked.at(-1)?.documentId ?? confirmed.documentId;
  return {
    latestId,
    endedIds: ranked.filter((paper) => paper.live && paper.documentId !== latestId).map((paper) => paper.documentId),
  };
};

/** Whether a confirmation of the one would end the other, for papers of the same owner and type. */
export const competes = (rule: DocumentType['supersession'], a: RankedPaper, b: RankedPaper): boolean => {
  if (rule === 'INDEPENDENT') return false;
  if (rule === 'LATEST_ONLY') return true;
  return a.number !== undefined && a.number === b.number && a.symbol === b.symbol;
};

/** Orders papers from oldest to newest. A stable sort leaves papers of equal rank in the order of their confirmation. */
export const byAge = (a: RankedPaper, b: RankedPaper): number => {
  const [dateA, dateB] = [a.issuedOn ?? '', b.issuedOn ?? ''];
  if (dateA !== dateB) return dateA < dateB ? -1 : 1;
  return a.changeNumber - b.changeNumber;
};
