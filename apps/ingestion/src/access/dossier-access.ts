import { type Dossier, Dossiers } from '#domain/dossiers';
import { type Owner, Owners } from '#domain/records';
import { DomainError } from '#kernel';
import type { Principal } from '#platform/auth';
import { Injectable } from '@nestjs/common';
import { type Scan } from '../scans/scan.js';
import { Scans } from '../scans/scans.port.js';
import { type AccessFacts, AccessTrail } from './access-trail.js';

/** A dossier the caller may work on, with its applicant. */
export interface AdmittedDossier {
  readonly dossier: Dossier;
  readonly owner: Owner;
  /** For the audit entry of whatever is done next. */
  readonly facts: AccessFacts;
}

/** Only officers of the agency that handles a dossier may look into it (FR-81); whoever else tries is on record. */
@Injectable()
export class DossierAccess {
  constructor(
    private readonly dossiers: Dossiers,
    private readonly owners: Owners,
    private readonly scans: Scans,
    private readonly trail: AccessTrail,
  ) {}

  /** @throws DomainError `dossier-not-found`, `agency-not-competent` */
  async admit(principal: Principal, dossierId: string, event: string): Promise<AdmittedDossier> {
    const dossier = await this.dossiers.get(dossierId);
    const owner = await this.owners.get(dossier.ownerId);
    const facts: AccessFacts = {
      event,
      subjectKey: owner.subjectKey,
      dossierCode: dossier.code,
      procedureCode: dossier.procedureCode,
      legalBasis: 'STATE_DUTY',
    };
    if (principal.agencyCode === undefined || principal.agencyCode !== dossier.agencyCode) {
      const refusal = new DomainError('agency-not-competent');
      await this.trail.refused(facts, refusal);
      throw refusal;
    }
    return { dossier, owner, facts };
  }

  /** @throws DomainError `scan-not-found`, `agency-not-competent` */
  async admitToScan(
    principal: Principal,
    scanId: string,
    event: string,
  ): Promise<AdmittedDossier & { readonly scan: Scan }> {
    const scan = await this.scans.get(scanId);
    const admitted = await this.admit(principal, scan.dossierId, event);
    const owner = scan.ownerId === admitted.owner.id ? admitted.owner : await this.owners.get(scan.ownerId);
    return {
      ...admitted,
      scan,
      facts: {
        ...admitted.facts,
        subjectKey: owner.subjectKey,
        documentId: scan.documentId,
        detail: { scanId: scan.id },
      },
    };
  }
}
