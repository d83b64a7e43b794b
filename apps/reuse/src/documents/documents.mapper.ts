import { type DocumentVersion, type Revocation } from '#domain/records';
import type { CalendarDate } from '#kernel';
import type { GrantedDocumentMetadataDto, RevocationDto, VersionDto } from './documents.dto.js';
import type { DocumentUnderGrant } from './granted-documents.js';
import { presentedState } from './presented-state.js';

const toVersionDto = (version: DocumentVersion): VersionDto => ({
  number: version.number,
  sha256: version.sha256,
  bytes: version.bytes,
  pages: version.pages,
  createdAt: version.createdAt.toISOString(),
});

export const toRevocationDto = (revocation: Revocation): RevocationDto => ({
  ...revocation,
  effectiveAt: revocation.effectiveAt.toISOString(),
});

export const toMetadataDto = (
  { componentId, document, version }: DocumentUnderGrant,
  today: CalendarDate,
): GrantedDocumentMetadataDto => ({
  documentId: document.id,
  componentId,
  code: document.maskedCode,
  typeCode: document.typeCode,
  name: document.name,
  number: document.number,
  symbol: document.symbol,
  issuer: { code: document.issuingAgencyCode, name: document.issuingAgencyName },
  issuedOn: document.issuedOn,
  validFrom: document.validFrom,
  validTo: document.validTo,
  permanent: document.permanent,
  scope: document.scope,
  state: presentedState(document, today),
  version: version.number,
  sha256: version.sha256,
  bytes: version.bytes,
  mediaType: version.mediaType,
  versions: document.versions.map(toVersionDto),
  signature: {
    verdict: version.signature.verdict,
    checkedAt: version.signature.checkedAt.toISOString(),
    signers: [...version.signature.signers],
  },
  replaces: document.replaces,
  replacedBy: document.replacedBy,
  revocation: document.revocation && toRevocationDto(document.revocation),
});
