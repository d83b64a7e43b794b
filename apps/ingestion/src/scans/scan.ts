import type { SubmissionForm } from '#domain/records';
import type { Finding, Inspection } from '#engines/digitisation';

/**
 * Where a scan stands. The first four are those of its document (FR-61); QUARANTINED: a secrecy mark was read (FR-18);
 * SIGN_FAILED: to be signed again (FR-53).
 */
export type ScanState = 'QC_PASSED' | 'SIGN_FAILED' | 'SCAN_SIGNED' | 'EXTRACTED' | 'CONFIRMED' | 'QUARANTINED';

/** A document that may be the same paper (FR-16b, c). */
export interface PossibleDuplicate {
  readonly documentId: string;
  /** SAME_PAPER: type, number, agency, date and owner agree; SAME_NUMBER: number, symbol and agency do. */
  readonly kind: 'SAME_PAPER' | 'SAME_NUMBER';
}

/** Uploaded bytes on their way to become a document on file. */
export interface Scan {
  readonly id: string;
  readonly dossierId: string;
  readonly componentId: string;
  readonly documentId: string;
  readonly ownerId: string;
  readonly agencyCode: string;
  readonly documentTypeCode: string;
  readonly submissionForm: SubmissionForm;
  /** Who scanned and, for E_PHOTO_COMPARED, compared with the original (FR-19). */
  readonly officer: { readonly id: string; readonly name: string };
  readonly state: ScanState;
  /** The bytes as received (FR-15). */
  readonly original: StoredFile & { readonly mediaType: string };
  /** The PDF made of them, before any signature of ours: what pages are read from. */
  readonly pdf: StoredFile;
  /** The same with the scanner's signature. */
  readonly signed?: StoredFile;
  readonly pages: number;
  readonly inspection: Inspection;
  readonly findings: readonly Finding[];
  readonly duplicates: readonly PossibleDuplicate[];
  /** Error code of the last failed step. */
  readonly failureCode?: string;
  /** Counts the readings: each retry is one. */
  readonly reading: number;
  readonly createdAt: Date;
}

export interface StoredFile {
  readonly sha256: string;
  readonly bytes: number;
}

export type PageState = 'PENDING' | 'DONE' | 'FAILED';

export interface ScanPage {
  readonly number: number;
  readonly state: PageState;
  /** 0..1, once read. */
  readonly meanConfidence?: number;
  readonly failureCode?: string;
}

/** Media type by content, for the bytes as received. */
export const mediaTypeOf = (type: Inspection['type']): string =>
  ({ PDF: 'application/pdf', JPEG: 'image/jpeg', PNG: 'image/png', TIFF: 'image/tiff' })[type ?? 'PDF'];
