import type { DocumentRecord, DocumentVersion } from '#domain/records';
import type { Readable } from 'node:stream';

/** Bytes a caller may read, whose reading is logged before the first byte leaves. */
export interface ReadableContent {
  readonly sha256: string;
  readonly bytes: number;
  readonly mediaType: string;
  /** Without personal data: type and version. */
  readonly fileName: string;
  /** The document that took this one's place. */
  readonly successorId?: string;
  open(range?: { readonly start: number; readonly end: number }): Promise<Readable>;
  /**
   * Decides once more and logs, in one transaction.
   * @param access `REVALIDATE`: the caller has the bytes already (If-None-Match)
   * @returns id of the audit entry, the caller's receipt
   * @throws DomainError `log-unavailable`, or the refusal when something changed since
   */
  record(access: 'READ' | 'REVALIDATE'): Promise<string>;
}

/** What is said of a version's bytes before they are read. */
export const describeContent = (
  document: DocumentRecord,
  version: DocumentVersion,
): Omit<ReadableContent, 'open' | 'record'> => ({
  sha256: version.sha256,
  bytes: version.bytes,
  mediaType: version.mediaType,
  fileName: `${document.typeCode}-v${version.number}.pdf`,
  successorId: document.replacedBy,
});
