import { Injectable } from '@nestjs/common';
import { maskIdentifier } from '#kernel';
import { IdentifierProtection } from '#platform/persistence';
import type { DocumentRecord, DocumentVersion, OwnerKind, OwnerRole, Revocation } from '../records.port.js';
import { formatDocumentCode } from '../rules/document-code.js';
import type { DocumentEntity } from './entities/document.entity.js';
import { OwnerMapper } from './owner.mapper.js';
import { type DocumentContent, SealedJson } from './sealed-json.js';

/** A document with its versions and owners, as `document-query.ts` selects it in one go. */
export interface DocumentRow extends Omit<DocumentEntity, 'revocation' | 'numberIndex' | 'codeIndex'> {
  readonly revocation: WithDateText<Revocation, 'effectiveAt'> | null;
  readonly versions: readonly VersionJson[];
  readonly owners: readonly OwnerJson[];
}

type WithDateText<T, K extends keyof T> = Omit<T, K> & { readonly [P in K]: string };

/** Instants are ISO texts, as JSON has it. */
type VersionJson = WithDateText<Omit<DocumentVersion, 'signature'>, 'createdAt'> & {
  readonly originalSha256: string | null;
  readonly signature: WithDateText<DocumentVersion['signature'], 'checkedAt'>;
};

interface OwnerJson {
  readonly role: OwnerRole;
  readonly id: string;
  readonly groupId: string;
  readonly kind: OwnerKind;
  readonly name: string;
  readonly subjectKey: string;
  /** Hexadecimal of the encrypted identifier. */
  readonly identifier: string | null;
  readonly birthDate: string | null;
  readonly sex: 'male' | 'female' | null;
}

@Injectable()
export class DocumentMapper {
  constructor(
    private readonly owners: OwnerMapper,
    private readonly sealed: SealedJson,
    private readonly protection: IdentifierProtection,
  ) {}

  toDocument(row: DocumentRow): DocumentRecord {
    const versions = row.versions.map(toVersion);
    const current = versions.at(-1);
    if (current === undefined) throw new Error(`Document ${row.id} has no version`);
    const { number, symbol, fields } = this.sealed.open<DocumentContent>(row.content, { fields: [] });
    return {
      id: row.id,
      typeCode: row.typeCode,
      name: row.name,
      state: row.state,
      ...this.code(row),
      owners: row.owners.map(({ role, ...owner }) => ({
        role,
        owner: this.owners.toOwner({
          ...owner,
          identifier: owner.identifier === null ? null : Buffer.from(owner.identifier, 'hex'),
        }),
      })),
      submissionForm: row.submissionForm,
      kind: row.kind,
      number,
      symbol,
      issuedOn: row.issuedOn ?? undefined,
      issuingAgencyName: row.issuingAgencyName ?? undefined,
      issuingAgencyCode: row.issuingAgencyCode ?? undefined,
      validFrom: row.validFrom ?? undefined,
      validTo: row.validTo ?? undefined,
      permanent: row.permanent,
      scope: row.scope ?? undefined,
      returnedAt: row.returnedAt ?? undefined,
      restricted: row.restricted,
      custodianAgencyCode: row.custodianAgencyCode,
      dossierId: row.dossierId ?? undefined,
      fields,
      versions,
      current,
      replaces: row.replaces ?? undefined,
      replacedBy: row.replacedBy ?? undefined,
      confirmedBy: row.confirmedByName ?? undefined,
      confirmedAt: row.confirmedAt ?? undefined,
      revocation: row.revocation ? { ...row.revocation, effectiveAt: new Date(row.revocation.effectiveAt) } : undefined,
      createdAt: row.createdAt,
    };
  }

  private code({ codeOwner, codeSubject, codeDetail, codeOrdinal }: DocumentRow): {
    readonly code?: string;
    readonly maskedCode?: string;
  } {
    if (codeSubject === null || codeDetail === null || codeOrdinal === null) return {};
    const owner = codeOwner === null ? '' : this.protection.decrypt(codeOwner);
    const parts = { subject: codeSubject, detail: this.protection.decrypt(codeDetail), ordinal: codeOrdinal };
    return {
      code: formatDocumentCode({ owner, ...parts }),
      // The number of a registration is its owner's identifier; masking one part alone would show it in the other.
      maskedCode: formatDocumentCode({
        owner: maskIdentifier(owner),
        ...parts,
        detail: owner === '' ? parts.detail : parts.detail.replaceAll(owner, maskIdentifier(owner)),
      }),
    };
  }
}

const toVersion = ({ originalSha256, signature, createdAt, ...version }: VersionJson): DocumentVersion => ({
  ...version,
  originalSha256: originalSha256 ?? undefined,
  signature: { ...signature, checkedAt: new Date(signature.checkedAt) },
  createdAt: new Date(createdAt),
});
