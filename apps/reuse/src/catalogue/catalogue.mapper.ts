import type { DocumentType, Procedure } from '#domain/catalogue';
import type { CalendarDate } from '#kernel';
import type { DocumentTypeDto, ProcedureDto, RequirementsDto } from './catalogue.dto.js';

export const toRequirements = (procedure: Procedure, asOf: CalendarDate): RequirementsDto => ({
  procedureCode: procedure.code,
  name: procedure.name,
  asOf,
  components: procedure.components.map((component) => ({
    componentId: component.id,
    name: component.name,
    mandatory: component.mandatory,
    anyOf: component.anyOf,
    maxAgeMonths: component.maxAgeMonths,
    reuseAllowed: component.acceptsKho,
    requiresAgencySignature: component.requiresAgencySignature,
    mustDigitise: component.mustDigitise,
  })),
});

export const toProcedure = (procedure: Procedure): ProcedureDto => ({
  code: procedure.code,
  name: procedure.name,
  sector: procedure.sector,
  level: procedure.level,
  essential: procedure.essential,
  resultTypeCode: procedure.resultTypeCode,
  validFrom: procedure.validFrom,
  validTo: procedure.validTo,
});

export const toDocumentType = (type: DocumentType): DocumentTypeDto => ({
  code: type.code,
  name: type.name,
  nameEn: type.nameEn,
  kind: type.kind,
  ownerKind: type.ownerKind,
  fields: type.fields.map(({ key, label, kind, required }) => ({ key, label, kind, required })),
  validity: type.validity,
  supersession: type.supersession,
  servedByDatabase: type.servedByDatabase,
});
