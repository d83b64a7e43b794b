import { Injectable } from '@nestjs/common';
import { type Agency, type CalendarDate, Catalogue, type Component, type DocumentType } from '#domain/catalogue';
import { Dossiers, type DossierStatus } from '#domain/dossiers';
import { type DocumentRecord, outranked, Owners, Records, validityOn } from '#domain/records';
import { addMonths, DomainError, vietnamDate } from '#kernel';
import { AvailabilityService, type Candidate, type ComponentAvailability } from './availability.port.js';
import { componentDecision, rankCandidates } from './component-decision.js';
import { judgeReuse } from './judge-reuse.js';
import type { ReuseFacts } from './reuse-facts.js';
import { scopeCovers } from './scope-covers.js';
import { subjectMatch } from './subject-match.js';

/**
 * How long a scan of a paper with a changes page is taken to show its last change, months. No law sets it; a change of land
 * rights is entered at any time, and the scan does not know.
 */
const changesPageMonths = 6;

/** What the judgement of every document of one question shares. */
interface Setting {
  readonly groupId: string;
  readonly on: CalendarDate;
  readonly consentGiven: boolean;
  readonly agencyCode: string | undefined;
  readonly agencies: readonly Agency[];
  readonly types: ReadonlyMap<string, DocumentType>;
  readonly outranked: ReadonlySet<string>;
  readonly dossiers: ReadonlyMap<string, DossierStatus>;
}

@Injectable()
export class RepositoryAvailability extends AvailabilityService {
  constructor(
    private readonly owners: Owners,
    private readonly records: Records,
    private readonly dossiers: Dossiers,
    private readonly catalogue: Catalogue,
  ) {
    super();
  }

  override async check(
    question: Parameters<AvailabilityService['check']>[0],
  ): Promise<readonly ComponentAvailability[]> {
    const procedure = await this.catalogue.procedure(question.procedureCode, question.receivedOn);
    const components = question.componentIds
      ? question.componentIds.map((id) => componentOf(procedure.components, id))
      : procedure.components;
    const owner = await this.owners.find(question.subject);
    const typeCodes = [...new Set(components.flatMap(acceptedTypes))];
    const documents = owner && typeCodes.length > 0 ? await this.records.findByOwner(owner.id, { typeCodes }) : [];
    const setting = await this.setting(question, owner?.groupId ?? '', documents);
    return components.map((component) => {
      const accepted = documents.filter(({ typeCode }) => acceptedTypes(component).includes(typeCode));
      const candidates = rankCandidates(
        withoutReplaced(accepted).map((document) => candidate(document, component, setting)),
      );
      const { id: componentId, name, mandatory, anyOf } = component;
      return { componentId, name, mandatory, decision: componentDecision(anyOf, candidates), candidates };
    });
  }

  override async judge(question: Parameters<AvailabilityService['judge']>[0]): Promise<Candidate> {
    const { documentId, componentId, procedureCode, receivedOn } = question;
    const { components } = await this.catalogue.procedure(procedureCode, receivedOn);
    const document = await this.records.get(documentId);
    const subject = await this.owners.get(question.subject.ownerId);
    const beside = await this.records.findByOwner(subject.id, { typeCodes: [document.typeCode] });
    const setting = await this.setting(question, subject.groupId, [
      document,
      ...beside.filter(({ id }) => id !== document.id),
    ]);
    const asked: readonly (Component | undefined)[] =
      componentId === undefined
        ? components.filter((component) => acceptedTypes(component).includes(document.typeCode))
        : [componentOf(components, componentId)];
    const [best] = rankCandidates(asked.map((component) => candidate(document, component, setting)));
    return best ?? candidate(document, undefined, setting);
  }

  private async setting(
    question: {
      readonly receivedOn: CalendarDate;
      readonly agencyCode?: string;
      readonly consentGiven: boolean;
      readonly at: Date;
    },
    groupId: string,
    documents: readonly DocumentRecord[],
  ): Promise<Setting> {
    const { receivedOn, agencyCode, consentGiven, at } = question;
    const types = new Map<string, DocumentType>();
    const older: string[] = [];
    for (const typeCode of new Set(documents.map((document) => document.typeCode))) {
      const type = await this.catalogue.documentType(typeCode, receivedOn);
      types.set(typeCode, type);
      older.push(
        ...outranked(
          type.supersession,
          documents.filter((document) => document.typeCode === typeCode),
        ),
      );
    }
    const dossierIds = new Set(documents.flatMap(({ dossierId }) => (dossierId === undefined ? [] : [dossierId])));
    return {
      groupId,
      on: vietnamDate(at),
      consentGiven,
      agencyCode,
      agencies: documents.some(({ scope }) => scope !== undefined) ? await this.catalogue.agencies(receivedOn) : [],
      types,
      outranked: new Set(older),
      dossiers: await this.dossiers.statuses([...dossierIds]),
    };
  }
}

const acceptedTypes = (component: Component): readonly string[] => (component.acceptsKho ? component.anyOf.flat() : []);

const componentOf = (components: readonly Component[], componentId: string): Component => {
  const component = components.find(({ id }) => id === componentId);
  if (!component) throw new DomainError('component-unknown', { componentId });
  return component;
};

// The live successor stands in the place of what it replaced, and says so in `replaces`.
const withoutReplaced = (documents: readonly DocumentRecord[]): readonly DocumentRecord[] => {
  const byId = new Map(documents.map((document) => [document.id, document]));
  return documents.filter((document) => {
    let head = document;
    for (let next = byId.get(head.replacedBy ?? ''); next; next = byId.get(next.replacedBy ?? '')) head = next;
    return head === document || head.state !== 'ACTIVE';
  });
};

const candidate = (document: DocumentRecord, component: Component | undefined, setting: Setting): Candidate => ({
  document,
  ...judgeReuse(factsOf(document, component, setting)),
  assurance: assuranceOf(document),
});

const signedByAgency = ({ current }: DocumentRecord): boolean =>
  current.signature.signers.some(({ role }) => role === 'agency');

const assuranceOf = (document: DocumentRecord): Candidate['assurance'] => {
  if (document.submissionForm === 'SELF_UPLOAD') return 'SELF_UPLOADED';
  const issued = document.submissionForm === 'E_ORIGINAL' || document.submissionForm === 'E_CERTIFIED_COPY';
  return issued && signedByAgency(document) ? 'ISSUED_SIGNED' : 'SCAN_SIGNED';
};

const factsOf = (document: DocumentRecord, component: Component | undefined, setting: Setting): ReuseFacts => {
  const { on } = setting;
  const type = setting.types.get(document.typeCode);
  if (type === undefined) throw new DomainError('document-type-unknown', { code: document.typeCode, on });
  return {
    ...subjectMatch(document, setting.groupId, type.foundByRelatedPerson, on),
    consentGiven: setting.consentGiven,
    typeAccepted: component !== undefined && acceptedTypes(component).includes(document.typeCode),
    state: document.state,
    outranked: setting.outranked.has(document.id),
    validity: validityOn(document, type.validity, on),
    scope: scopeCovers(document.scope, setting.agencies, setting.agencyCode),
    signature: document.current.signature.verdict,
    signedByAgency: signedByAgency(document),
    agencySignatureRequired: component?.requiresAgencySignature ?? false,
    submissionForm: document.submissionForm,
    selfUploadAccepted: component?.acceptsSelfUpload ?? false,
    awaitsReturn: document.kind === 'result' && document.returnedAt === undefined,
    restricted: document.restricted,
    sourceDossier: document.dossierId === undefined ? undefined : setting.dossiers.get(document.dossierId),
    age: ageOf(document.issuedOn, component?.maxAgeMonths, on),
    mayHaveChanged:
      type.supersession === 'VERSIONED' &&
      document.confirmedAt !== undefined &&
      addMonths(vietnamDate(document.confirmedAt), changesPageMonths) < on,
  };
};

const ageOf = (
  issuedOn: CalendarDate | undefined,
  maxAgeMonths: number | undefined,
  on: CalendarDate,
): ReuseFacts['age'] => {
  if (maxAgeMonths === undefined) return 'ACCEPTABLE';
  if (issuedOn === undefined) return 'UNKNOWN';
  return addMonths(issuedOn, maxAgeMonths) < on ? 'TOO_OLD' : 'ACCEPTABLE';
};
