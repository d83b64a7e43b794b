import type { CalendarDate } from '#kernel';
import { toDocument } from '../documents/document.mapper.js';
import type { OwnDocumentDto } from './citizen.dto.js';
import { documentLabel } from './document-label.js';
import type { OwnDocument } from './own-documents.js';

export const toOwnDocument = ({ document, role }: OwnDocument, today: CalendarDate): OwnDocumentDto => {
  const named = toDocument(document, today);
  return {
    ...named,
    name: document.name,
    issuerName: document.issuingAgencyName,
    validTo: document.validTo,
    permanent: document.permanent,
    ...documentLabel(named.state),
    role,
    pages: document.current.pages,
    bytes: document.current.bytes,
  };
};
