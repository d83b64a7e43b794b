import type { DocumentRecord } from '#domain/records';
import { DomainError } from '#kernel';

/**
 * Whether the bytes of a document may still be handed out. A superseded one may: the dossier shows what was relied on (FR-70).
 * @throws DomainError `document-revoked`, `document-suspended`, `integrity-failed`, `document-not-found` for what is not on file
 */
export const requireServable = (document: DocumentRecord): void => {
  switch (document.state) {
    case 'ACTIVE':
    case 'SUPERSEDED':
      return;
    case 'REVOKED':
    case 'ANNULLED':
      throw new DomainError('document-revoked');
    case 'SUSPENDED':
      throw new DomainError('document-suspended');
    case 'INTEGRITY_FAILED':
      throw new DomainError('integrity-failed');
    default:
      throw new DomainError('document-not-found');
  }
};
