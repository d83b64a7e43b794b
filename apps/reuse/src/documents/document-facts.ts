import type { DocumentRecord } from '#domain/records';
import type { AccessTrace } from '../calling/access-trail.js';

/** What the log says of a document. Its code is left out: it begins with the owner's identifier (FR-30, FR-82). */
export const documentFacts = (
  document: DocumentRecord,
  version: { readonly number: number; readonly sha256: string },
): Parameters<AccessTrace['add']>[0] => ({
  documentId: document.id,
  version: version.number,
  sha256: version.sha256,
  detail: { typeCode: document.typeCode },
});
