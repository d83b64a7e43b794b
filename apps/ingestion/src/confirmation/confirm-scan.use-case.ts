import { type CalendarDate, Catalogue, type DocumentType, fieldsOf } from '#domain/catalogue';
import { componentStates, Dossiers } from '#domain/dossiers';
import { type CodeParts, type DocumentRecord, type FieldValue, type OwnerLink, Owners, Records } from '#domain/records';
import { DomainError, vietnamDate } from '#kernel';
import type { Principal } from '#platform/auth';
import { ProgressFeed } from '#platform/queue';
import { Injectable } from '@nestjs/common';
import { AccessTrail } from '../access/access-trail.js';
import { DossierAccess } from '../access/dossier-access.js';
import { parseNamedSubject, type NamedSubjectInput } from '../dossiers/parse-named-subject.js';
import type { Scan } from '../scans/scan.js';
import { Scans } from '../scans/scans.port.js';
import { identityMismatches, requireAgreement } from './check-identity.js';
import { type GivenField, normaliseFields } from './normalise-fields.js';

export interface ConfirmScanInput {
  readonly scanId: string;
  readonly fields: readonly GivenField[];
  readonly permanent?: boolean;
  readonly validTo?: CalendarDate;
  readonly scope?: string;
  readonly overrideReason?: string;
  readonly additionalOwners?: readonly (NamedSubjectInput & { readonly role: OwnerLink['role'] })[];
}

/**
 * A named official vouches for the fields (FR-25): the document gets its code and is on file, and the component it was
 * scanned for is digitised.
 */
@Injectable()
export class ConfirmScan {
  constructor(
    private readonly access: DossierAccess,
    private readonly trail: AccessTrail,
    private readonly scans: Scans,
    private readonly records: Records,
    private readonly owners: Owners,
    private readonly dossiers: Dossiers,
    private readonly catalogue: Catalogue,
    private readonly progress: ProgressFeed,
  ) {}

  /**
   * @throws DomainError `scan-not-found`, `agency-not-competent`, `scan-not-ready`, `scan-quarantined`,
   * `confirmation-invalid`, `identity-mismatch`, `subject-invalid`, and those of `Records.confirm`
   */
  async execute(input: ConfirmScanInput, principal: Principal): Promise<DocumentRecord> {
    const admitted = await this.access.admitToScan(principal, input.scanId, 'document.confirmed');
    const facts = { ...admitted.facts, detail: { ...admitted.facts.detail, overrideReason: input.overrideReason } };
    return this.trail.record(facts, async () => {
      const scan = await this.scans.lock(input.scanId);
      requireReadable(scan);
      const type = await this.catalogue.documentType(scan.documentTypeCode, vietnamDate(scan.createdAt));
      const document = await this.records.get(scan.documentId);
      const fields = await this.check(input, scan, type, document.fields);
      const confirmed = await this.records.confirm(scan.documentId, {
        confirmedBy: { accountId: principal.id, name: principal.name },
        fields,
        permanent: input.permanent ?? false,
        validTo: input.validTo,
        scope: input.scope,
        code: codeParts(type, fields, scan, admitted.dossier.procedureCode),
        // What an applicant brings on paper is in the applicant's hands already (FR-34).
        returned: true,
        additionalOwners: await this.additionalOwners(input),
      });
      await this.dossiers.setComponent(scan.dossierId, {
        componentId: scan.componentId,
        state: componentStates.digitised,
        documentId: confirmed.id,
        versionId: confirmed.current.id,
        sha256: confirmed.current.sha256,
      });
      await this.scans.change(scan.id, { state: 'CONFIRMED' });
      await this.progress.publish(scan.id, 'state-changed', { state: 'CONFIRMED' });
      return confirmed;
    });
  }

  private async check(
    input: ConfirmScanInput,
    scan: Scan,
    type: DocumentType,
    proposed: readonly FieldValue[],
  ): Promise<FieldValue[]> {
    const owner = await this.owners.get(scan.ownerId);
    const identifier = await this.owners.revealIdentifier(scan.ownerId);
    // Type and owner are known from the upload; the officer need not repeat them, but may not contradict them.
    const known = [
      { key: 'maLoaiGiayTo', value: type.code },
      { key: 'dinhDanhChuGiayTo', value: identifier.value },
    ].filter(({ key }) => !input.fields.some((field) => field.key === key));
    const fields = normaliseFields([...known, ...input.fields], fieldsOf(type), proposed);
    if (fields.find(({ key }) => key === 'maLoaiGiayTo')?.value !== type.code) {
      throw new DomainError(
        'confirmation-invalid',
        {},
        { details: [{ code: 'NOT_ALLOWED_VALUE', field: 'maLoaiGiayTo' }] },
      );
    }
    requireAgreement(identityMismatches(owner, identifier, fields), input.overrideReason);
    return fields;
  }

  private async additionalOwners({ additionalOwners = [] }: ConfirmScanInput): Promise<OwnerLink[]> {
    const links: OwnerLink[] = [];
    for (const [index, { role, ...subject }] of additionalOwners.entries()) {
      const { identifier, known } = parseNamedSubject(subject, `additionalOwners.${index}`);
      links.push({ ownerId: (await this.owners.resolve(identifier, known)).id, role });
    }
    return links;
  }
}

const requireReadable = ({ state }: Scan): void => {
  if (state === 'QUARANTINED') throw new DomainError('scan-quarantined');
  if (state !== 'EXTRACTED') throw new DomainError('scan-not-ready', { state });
};

/** FR-30. White space has no place in a code: `AA 02718345` becomes `AA02718345`. */
const codeParts = (type: DocumentType, fields: readonly FieldValue[], scan: Scan, procedureCode: string): CodeParts =>
  type.kind === 'result'
    ? {
        kind: 'result',
        resultTypeCode: type.code,
        numberSymbol: (fields.find(({ key }) => key === 'soKyHieu')?.value ?? '').replace(/\s+/gu, ''),
      }
    : { kind: 'component', procedureCode, componentCode: scan.componentId };
