import { Catalogue, type Procedure, type Purpose } from '#domain/catalogue';
import { type Dossier, Dossiers } from '#domain/dossiers';
import { type Owner, type OwnerIdentifier, Owners, Records } from '#domain/records';
import { addMonths, type CalendarDate, Clock, DomainError, PersonalId, vietnamDate } from '#kernel';
import type { Principal } from '#platform/auth';
import { IdentifierProtection } from '#platform/persistence';
import { Injectable } from '@nestjs/common';
import type { AccessTrace } from './access-trail.js';
import { mayActFor } from './agency-competence.js';
import type { CallingContext } from './calling-context.js';

/** A caller who may ask about an owner for an open dossier. */
export interface AdmittedCase {
  readonly context: CallingContext;
  readonly dossier: Dossier;
  readonly owner: Owner;
  readonly procedure: Procedure;
  readonly purpose: Purpose;
  readonly consentGiven: boolean;
}

/** The gate of every call that touches a person (FR-67, FR-76, FR-81). */
@Injectable()
export class CaseAdmission {
  constructor(
    private readonly catalogue: Catalogue,
    private readonly dossiers: Dossiers,
    private readonly owners: Owners,
    private readonly records: Records,
    private readonly protection: IdentifierProtection,
    private readonly clock: Clock,
  ) {}

  /**
   * What can be said of the context before anything is said of the case.
   * @returns the subject's key for guards and log
   * @throws DomainError `actor-not-caller`, `procedure-code-invalid`, `procedure-unknown`, `purpose-not-registered`, `consent-required`
   */
  async checkContext(
    context: CallingContext,
    subject: OwnerIdentifier,
    principal: Principal,
    trace: AccessTrace,
  ): Promise<string> {
    const subjectKey = this.protection.blindIndex(subject.kind, subject.value);
    trace.add({
      subjectKey,
      procedureCode: context.procedureCode,
      dossierCode: context.dossierCode,
      purposeCode: context.purposeCode,
      legalBasis: context.legalBasis.code,
      detail: { bulk: context.bulk, article: context.legalBasis.article, consentRef: context.consentRef },
    });
    // An official speaks for nobody else; only a system names the person it acts for.
    if (principal.kind === 'account' && context.actor.id !== principal.id) throw new DomainError('actor-not-caller');
    const today = vietnamDate(this.clock.now());
    // FR-07: a dossier keeps the procedure as it was at reception, even one that was abolished since.
    const receivedOn = (await this.dossiers.findByCode(context.dossierCode))?.receivedOn ?? today;
    await this.catalogue.procedure(context.procedureCode, receivedOn);
    await this.catalogue.purpose(context.purposeCode, today);
    if (context.legalBasis.code === 'CONSENT' && context.consentRef === undefined) {
      throw new DomainError('consent-required');
    }
    return subjectKey;
  }

  /**
   * Whether this caller may ask about this subject for this dossier.
   * @throws DomainError `dossier-not-assigned` with the reason as a detail, `agency-not-competent`
   */
  async admit(
    context: CallingContext,
    subject: OwnerIdentifier,
    principal: Principal,
    trace: AccessTrace,
  ): Promise<AdmittedCase> {
    const dossier = await this.dossiers.findByCode(context.dossierCode);
    if (!dossier) throw notAssigned('DOSSIER_UNKNOWN', 'context.dossierCode');
    if (!mayActFor(principal, dossier.agencyCode) || context.actor.agencyCode !== dossier.agencyCode) {
      throw new DomainError('agency-not-competent');
    }
    if (dossier.status !== 'OPEN') throw notAssigned('DOSSIER_NOT_OPEN', 'context.dossierCode');
    const procedure = await this.catalogue.procedure(context.procedureCode, dossier.receivedOn);
    const handled = await this.catalogue.procedure(dossier.procedureCode, dossier.receivedOn);
    if (procedure.code !== handled.code) throw notAssigned('PROCEDURE_DIFFERS', 'context.procedureCode');

    const owner = await this.owners.find(subject);
    if (!owner) throw notAssigned('SUBJECT_DIFFERS', 'subject');
    const applicant = owner.id === dossier.ownerId ? owner : await this.owners.get(dossier.ownerId);
    if (owner.groupId !== applicant.groupId) {
      if (!(await this.mayFileFor(owner, applicant, subject, context))) throw notAssigned('SUBJECT_DIFFERS', 'subject');
      trace.add({ onBehalfOf: applicant.subjectKey });
    }
    trace.add({ subjectKey: owner.subjectKey });
    return {
      context,
      dossier,
      owner,
      procedure,
      purpose: await this.catalogue.purpose(context.purposeCode, vietnamDate(this.clock.now())),
      consentGiven: context.legalBasis.code === 'CONSENT' && context.consentRef !== undefined,
    };
  }

  // FR-76: a parent or representative files for another only where a document on file records the relation.
  private async mayFileFor(
    owner: Owner,
    applicant: Owner,
    subject: OwnerIdentifier,
    context: CallingContext,
  ): Promise<boolean> {
    const basis = context.legalBasis.code;
    if (basis !== 'GUARDIAN' && basis !== 'REPRESENTATIVE') return false;
    if (basis === 'GUARDIAN' && !isChild(owner, subject, vietnamDate(this.clock.now()))) return false;
    const role = basis === 'GUARDIAN' ? 'parent' : 'representative';
    const documents = await this.records.findByOwner(owner.id);
    return documents.some(
      (document) =>
        document.state === 'ACTIVE' &&
        document.owners.some((party) => party.owner.groupId === applicant.groupId && party.role === role),
    );
  }
}

/** FR-76: until the 16th birthday; where only the number tells the age, until the end of that year. */
const isChild = (owner: Owner, subject: OwnerIdentifier, today: CalendarDate): boolean => {
  const guardianshipEnds = 16;
  if (owner.birthDate !== undefined) return addMonths(owner.birthDate, guardianshipEnds * 12) > today;
  if (subject.kind !== 'PERSON_PIN') return false;
  return Number(today.slice(0, 4)) - PersonalId.parse(subject.value, today).birthYear <= guardianshipEnds;
};

const notAssigned = (code: string, field: string): DomainError =>
  new DomainError('dossier-not-assigned', {}, { details: [{ code, field }] });
