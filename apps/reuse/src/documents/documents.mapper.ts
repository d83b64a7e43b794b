import type { DocumentVersion } from '#domain/records';
import type { CalendarDate } from '#kernel';
import { toDocumentLife } from './document.mapper.js';
import type { GrantedDocumentMetadataDto, VersionDto } from './documents.dto.js';
import type { DocumentUnderGrant } from './granted-documents.js';

const toVersionDto = (version: DocumentVersion): VersionDto => ({
  number: version.number,
  sha256: version.sha256,
  bytes: version.bytes,
  pages: version.pages,
  createdAt: version.createdAt.toISOString(),
});

export const toMetadataDto = (
  { componentId, document, version }: DocumentUnderGrant,
  today: CalendarDate,
): GrantedDocumentMetadataDto => ({
  ...toDocumentLife(document, today),
  componentId,
  name: document.name,
  issuer: { code: document.issuingAgencyCode, name: document.issuingAgencyName },
  validFrom: document.validFrom,
  validTo: document.validTo,
  permanent: document.permanent,
  scope: document.scope,
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
});
