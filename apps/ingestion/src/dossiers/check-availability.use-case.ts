import { AvailabilityService, type ComponentAvailability } from '#domain/availability';
import { Owners } from '#domain/records';
import { Clock } from '#kernel';
import type { Principal } from '#platform/auth';
import { Injectable } from '@nestjs/common';
import { AccessTrail } from '../access/access-trail.js';
import { DossierAccess } from '../access/dossier-access.js';

/** Reuse first (FR-17): what the repository holds for each component, asked before anything is scanned. */
@Injectable()
export class CheckAvailability {
  constructor(
    private readonly access: DossierAccess,
    private readonly owners: Owners,
    private readonly availability: AvailabilityService,
    private readonly trail: AccessTrail,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `dossier-not-found`, `agency-not-competent`, `log-unavailable` */
  async execute(dossierId: string, principal: Principal): Promise<readonly ComponentAvailability[]> {
    const { dossier, owner, facts } = await this.access.admit(principal, dossierId, 'availability.query');
    return this.trail.record(facts, async () =>
      this.availability.check({
        subject: await this.owners.revealIdentifier(owner.id),
        procedureCode: dossier.procedureCode,
        receivedOn: dossier.receivedOn,
        agencyCode: dossier.agencyCode,
        consentGiven: false,
        at: this.clock.now(),
      }),
    );
  }
}
