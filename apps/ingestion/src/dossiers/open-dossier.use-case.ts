import { Catalogue } from '#domain/catalogue';
import { type Dossier, Dossiers } from '#domain/dossiers';
import { type Owner, Owners } from '#domain/records';
import { Clock, DomainError, vietnamDate } from '#kernel';
import type { Principal } from '#platform/auth';
import { AuditLog } from '#platform/audit';
import { TransactionRunner } from '#platform/persistence';
import { Injectable } from '@nestjs/common';
import { parseNamedSubject, type NamedSubjectInput } from './parse-named-subject.js';

export interface OpenDossierInput {
  readonly procedureCode: string;
  readonly code?: string;
  readonly subject: NamedSubjectInput;
}

/** Takes in an application: who applies, for what, at which agency. */
@Injectable()
export class OpenDossier {
  constructor(
    private readonly dossiers: Dossiers,
    private readonly owners: Owners,
    private readonly catalogue: Catalogue,
    private readonly audit: AuditLog,
    private readonly transactions: TransactionRunner,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `subject-invalid`, `procedure-unknown`, `procedure-code-invalid`, `dossier-code-taken`, `agency-not-competent` */
  async execute(input: OpenDossierInput, principal: Principal): Promise<{ dossier: Dossier; owner: Owner }> {
    const { agencyCode } = principal;
    if (agencyCode === undefined) throw new DomainError('agency-not-competent');
    const subject = parseNamedSubject(input.subject);
    const receivedOn = vietnamDate(this.clock.now());
    const procedure = await this.catalogue.procedure(input.procedureCode, receivedOn);
    return this.transactions.run(async () => {
      const owner = await this.owners.resolve(subject.identifier, subject.known);
      const dossier = await this.dossiers.open({
        code: input.code,
        procedureCode: procedure.code,
        ownerId: owner.id,
        agencyCode,
        officerId: principal.id,
        receivedOn,
      });
      await this.audit.append({
        event: 'dossier.opened',
        outcome: 'success',
        service: 'ingestion',
        subjectKey: owner.subjectKey,
        dossierCode: dossier.code,
        procedureCode: procedure.code,
        legalBasis: 'STATE_DUTY',
      });
      return { dossier, owner };
    });
  }
}
