import { AvailabilityService } from '#domain/availability';
import { componentStates, type Dossier, Dossiers } from '#domain/dossiers';
import type { DocumentRecord, Owner } from '#domain/records';
import { Clock, DomainError } from '#kernel';
import type { Principal } from '#platform/auth';
import { Injectable } from '@nestjs/common';
import { AccessTrail } from '../access/access-trail.js';
import { DossierAccess } from '../access/dossier-access.js';

export interface ReuseDocumentInput {
  readonly dossierId: string;
  readonly componentId: string;
  readonly documentId: string;
  readonly checkNote?: string;
}

/** Puts a document that is on file into a dossier: a reference to its version and hash, never a copy (FR-70). */
@Injectable()
export class ReuseDocument {
  constructor(
    private readonly access: DossierAccess,
    private readonly availability: AvailabilityService,
    private readonly dossiers: Dossiers,
    private readonly trail: AccessTrail,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws DomainError `dossier-not-found`, `agency-not-competent`, `document-not-found`, `document-not-reusable`,
   * `reuse-needs-check`, `component-unknown`, `dossier-closed`
   */
  async execute(input: ReuseDocumentInput, principal: Principal): Promise<{ dossier: Dossier; owner: Owner }> {
    const { dossierId, componentId, documentId, checkNote } = input;
    const { dossier, owner, facts } = await this.access.admit(principal, dossierId, 'document.reused');
    const updated = await this.trail.record({ ...facts, documentId, detail: { componentId, checkNote } }, async () => {
      const { document, decision, reasons } = await this.availability.judge({
        documentId,
        subject: { ownerId: owner.id },
        procedureCode: dossier.procedureCode,
        componentId,
        receivedOn: dossier.receivedOn,
        agencyCode: dossier.agencyCode,
        consentGiven: false,
        at: this.clock.now(),
      });
      const details = reasons.map((code) => ({ code }));
      if (decision === 'NOT_REUSABLE') throw new DomainError('document-not-reusable', { reasons }, { details });
      if (decision === 'REUSABLE_WITH_CHECK' && checkNote === undefined) {
        throw new DomainError('reuse-needs-check', { reasons }, { details });
      }
      return this.dossiers.setComponent(dossierId, {
        componentId,
        state: isResultOfAnotherDossier(document, dossierId)
          ? componentStates.reusedFromResult
          : componentStates.reused,
        documentId: document.id,
        versionId: document.current.id,
        sha256: document.current.sha256,
      });
    });
    return { dossier: updated, owner };
  }
}

/** FR-72, state 3: what another dossier of this system led to, as issued; a scan of a paper result is state 2. */
const isResultOfAnotherDossier = (document: DocumentRecord, dossierId: string): boolean =>
  document.kind === 'result' && document.submissionForm === 'E_ORIGINAL' && document.dossierId !== dossierId;
