import type { OcrPage } from '#engines/digitisation';
import type { PageState, PossibleDuplicate, Scan, ScanPage, ScanState, StoredFile } from './scan.js';

export type NewScan = Omit<Scan, 'state' | 'signed' | 'duplicates' | 'failureCode' | 'reading' | 'createdAt'>;

/** What may change about a scan. */
export interface ScanChange {
  readonly state?: ScanState;
  readonly signed?: StoredFile;
  readonly duplicates?: readonly PossibleDuplicate[];
  /** Null clears it. */
  readonly failureCode?: string | null;
  readonly reading?: number;
}

/** Scans and their pages; everything joins the running transaction. */
export abstract class Scans {
  /**
   * Makes uploads of one dossier, and of the same bytes for the same owner, wait for each other until the transaction ends.
   */
  abstract serialise(dossierId: string, ownerId: string, originalSha256: string): Promise<void>;
  /** All its pages are PENDING. */
  abstract create(scan: NewScan): Promise<Scan>;
  /** @throws DomainError `scan-not-found` */
  abstract get(id: string): Promise<Scan>;
  /** The same, and no one else changes the scan before the transaction ends. @throws DomainError `scan-not-found` */
  abstract lock(id: string): Promise<Scan>;
  abstract change(id: string, change: ScanChange): Promise<void>;
  /** Oldest first. */
  abstract ofDossier(dossierId: string): Promise<readonly Scan[]>;
  /** Bytes as received of all scans of a dossier. */
  abstract bytesOfDossier(dossierId: string): Promise<number>;
  abstract pages(scanId: string): Promise<readonly ScanPage[]>;
  /** @throws DomainError `scan-page-not-found` */
  abstract page(scanId: string, number: number): Promise<ScanPage>;
  /**
   * Ends the reading of a page.
   * @param result kept encrypted: it holds the owner's data; absent for a page that failed or may not be kept
   */
  abstract finishPage(
    scanId: string,
    number: number,
    outcome: {
      readonly state: Exclude<PageState, 'PENDING'>;
      readonly result?: OcrPage;
      readonly failureCode?: string;
    },
  ): Promise<void>;
  /** Drops whatever was read; all pages count as failed for the reason given. */
  abstract forgetPages(scanId: string, failureCode: string): Promise<void>;
  /** Puts failed pages back to PENDING. @returns their numbers */
  abstract resetFailedPages(scanId: string): Promise<readonly number[]>;
  abstract pendingPages(scanId: string): Promise<number>;
  /** What was read, by page number; pages that failed have no entry. */
  abstract results(scanId: string): Promise<ReadonlyMap<number, OcrPage>>;
}
