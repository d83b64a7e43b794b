import type { ErrorCode } from '#kernel';

/** What intake may find, and where its text is kept: finding and error share one entry of the catalogue. */
const errorCodes = {
  FILE_EMPTY: 'file-empty',
  FILE_TOO_LARGE: 'file-too-large',
  FILE_TRUNCATED: 'file-truncated',
  FILE_DAMAGED: 'file-damaged',
  TYPE_NOT_ACCEPTED: 'type-not-accepted',
  IMAGE_TOO_LARGE: 'image-too-large',
  TOO_MANY_PAGES: 'too-many-pages',
  PAGE_COUNT_MISMATCH: 'page-count-mismatch',
  PDF_ENCRYPTED: 'pdf-encrypted',
  PDF_JAVASCRIPT: 'pdf-javascript',
  PDF_LAUNCH_ACTION: 'pdf-launch-action',
  PDF_EMBEDDED_FILES: 'pdf-embedded-files',
  PDF_VERSION_TOO_OLD: 'pdf-version-too-old',
  SCAN_DPI_TOO_LOW: 'scan-dpi-too-low',
  SCAN_NOT_COLOUR: 'scan-not-colour',
  BLANK_PAGE: 'blank-page',
  SKEWED: 'skewed',
  LOW_CONTRAST: 'low-contrast',
} as const satisfies Record<string, ErrorCode>;

export type FindingCode = keyof typeof errorCodes;

/** REFUSAL: the scan does not become a document. WARNING: the officer looks and may go on. */
export type FindingSeverity = 'REFUSAL' | 'WARNING';

export interface Finding {
  readonly code: FindingCode;
  readonly severity: FindingSeverity;
  /** From 1; absent when the finding is about the file. */
  readonly page?: number;
  /** Fills the placeholders of the catalogue's text. */
  readonly params: Readonly<Record<string, string | number>>;
}

/** Catalogue entry that holds status and texts of a finding. */
export const findingErrorCode = (code: FindingCode): ErrorCode => errorCodes[code];
