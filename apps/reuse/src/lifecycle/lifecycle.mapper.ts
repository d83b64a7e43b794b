import type { DocumentRecord } from '#domain/records';
import type { CalendarDate } from '#kernel';
import { toRevocationDto } from '../documents/documents.mapper.js';
import { presentedState } from '../documents/presented-state.js';
import type { DocumentLifeDto } from './lifecycle.dto.js';

export const toDocumentLife = (document: DocumentRecord, today: CalendarDate): DocumentLifeDto => ({
  documentId: document.id,
  code: document.maskedCode,
  typeCode: document.typeCode,
  number: document.number,
  symbol: document.symbol,
  issuedOn: document.issuedOn,
  state: presentedState(document, today),
  replaces: document.replaces,
  replacedBy: document.replacedBy,
  revocation: document.revocation && toRevocationDto(document.revocation),
});
