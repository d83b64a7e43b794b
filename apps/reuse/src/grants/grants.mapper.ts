import { statusOf } from './grant.js';
import type { GrantView } from './grant-view.js';
import type { GrantDto, RecheckDto } from './grants.dto.js';
import type { Recheck } from './recheck-grant.use-case.js';

export const toGrantDto = ({ grant, owner, documents, at }: GrantView): GrantDto => ({
  grantId: grant.id,
  status: statusOf(grant, at),
  dossierCode: grant.dossierCode,
  procedureCode: grant.procedureCode,
  purposeCode: grant.purposeCode,
  subject: {
    kind: owner.kind === 'ORGANISATION_MST' ? 'business' : 'person',
    maskedIdentifier: owner.maskedIdentifier,
  },
  documents: grant.documents.flatMap((granted, index) => {
    const record = documents[index];
    return record
      ? [
          {
            documentId: granted.documentId,
            componentId: granted.componentId,
            typeCode: record.typeCode,
            name: record.name,
            code: record.maskedCode,
            state: record.state,
            decision: granted.decision,
            reasons: granted.reasons,
            version: granted.versionNumber,
            sha256: granted.sha256,
            bytes: granted.bytes,
            replacedBy: record.replacedBy,
          },
        ]
      : [];
  }),
  createdAt: grant.createdAt.toISOString(),
  expiresAt: grant.expiresAt.toISOString(),
  maxReads: grant.maxReads,
  readsLeft: grant.maxReads - grant.reads,
});

export const toRecheckDto = ({ checkedAt, changed, documents }: Recheck): RecheckDto => ({
  checkedAt: checkedAt.toISOString(),
  changed,
  documents: [...documents],
});
