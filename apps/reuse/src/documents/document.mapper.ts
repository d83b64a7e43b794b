import type { DocumentRecord, Revocation } from '#domain/records';
import type { CalendarDate } from '#kernel';
import type { DocumentDto, DocumentLifeDto, RevocationDto } from './document.dto.js';
import { presentedState } from './presented-state.js';

export const toDocument = (document: DocumentRecord, today: CalendarDate): DocumentDto => ({
  documentId: document.id,
  code: document.maskedCode,
  typeCode: document.typeCode,
  number: document.number,
  symbol: document.symbol,
  issuedOn: document.issuedOn,
  state: presentedState(document, today),
  replacedBy: document.replacedBy,
});

export const toDocumentLife = (document: DocumentRecord, today: CalendarDate): DocumentLifeDto => ({
  ...toDocument(document, today),
  replaces: document.replaces,
  revocation: document.revocation && toRevocation(document.revocation),
});

const toRevocation = (revocation: Revocation): RevocationDto => ({
  ...revocation,
  effectiveAt: revocation.effectiveAt.toISOString(),
});
