import type { Candidate, ComponentAvailability } from '#domain/availability';
import { Catalogue } from '#domain/catalogue';
import { type Dossier, componentStates } from '#domain/dossiers';
import { type Owner, Records } from '#domain/records';
import { Injectable } from '@nestjs/common';
import type { AvailabilityView, CandidateView, ComponentView, DossierSummaryView, DossierView } from './dossier.dto.js';

/** What callers see of dossiers: names from the catalogue of their day, identifiers masked. */
@Injectable()
export class DossierViews {
  constructor(
    private readonly catalogue: Catalogue,
    private readonly records: Records,
  ) {}

  async view(dossier: Dossier, owner: Owner): Promise<DossierView> {
    const procedure = await this.catalogue.procedure(dossier.procedureCode, dossier.receivedOn);
    const components: ComponentView[] = [];
    // One after the other: they may share the connection of a transaction.
    for (const { id, name, mandatory } of procedure.components) {
      const held = dossier.components.find((component) => component.componentId === id);
      const document = held?.documentId ? await this.records.get(held.documentId) : undefined;
      components.push({
        componentId: id,
        name,
        mandatory,
        state: held?.state ?? componentStates.notDigitised,
        documentId: held?.documentId,
        documentCode: document?.maskedCode,
        sha256: held?.sha256,
        exceptionReason: held?.exceptionReason,
      });
    }
    return {
      id: dossier.id,
      code: dossier.code,
      status: dossier.status,
      receivedOn: dossier.receivedOn,
      procedure: { code: procedure.code, name: procedure.name },
      owner: { name: owner.name, maskedIdentifier: owner.maskedIdentifier, kind: owner.kind },
      components,
      notices: dossier.notices.map((notice) => ({ ...notice })),
    };
  }

  summary(dossier: Dossier): DossierSummaryView {
    return {
      id: dossier.id,
      code: dossier.code,
      status: dossier.status,
      receivedOn: dossier.receivedOn,
      procedureCode: dossier.procedureCode,
      fulfilled: dossier.components.filter(({ state }) => state !== componentStates.notDigitised).length,
      components: dossier.components.length,
      openNotices: dossier.notices.filter((notice) => notice.acknowledgedAt === undefined).length,
    };
  }

  availability(components: readonly ComponentAvailability[]): AvailabilityView {
    return {
      components: components.map(({ componentId, name, mandatory, decision, candidates }) => ({
        componentId,
        name,
        mandatory,
        decision,
        candidates: candidates.map(candidateView),
      })),
    };
  }
}

const candidateView = ({ document, decision, reasons, assurance }: Candidate): CandidateView => ({
  documentId: document.id,
  typeCode: document.typeCode,
  name: document.name,
  decision,
  reasons,
  state: document.state,
  issuedOn: document.issuedOn,
  validTo: document.validTo,
  code: document.maskedCode,
  assurance,
});
