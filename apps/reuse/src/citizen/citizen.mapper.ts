import type { CalendarDate } from '#kernel';
import { presentedState } from '../documents/presented-state.js';
import type { OwnDocumentDto } from './citizen.dto.js';
import { documentLabel } from './document-label.js';
import type { OwnDocument } from './own-documents.js';

export const toOwnDocument = ({ document, role }: OwnDocument, today: CalendarDate): OwnDocumentDto => {
  const state = presentedState(document, today);
  return {
    documentId: document.id,
    code: document.maskedCode,
    typeCode: document.typeCode,
    name: document.name,
    number: document.number,
    symbol: document.symbol,
    issuedOn: document.issuedOn,
    issuerName: document.issuingAgencyName,
    validTo: document.validTo,
    permanent: document.permanent,
    state,
    ...documentLabel(state),
    role,
    pages: document.current.pages,
    bytes: document.current.bytes,
    replacedBy: document.replacedBy,
  };
};
