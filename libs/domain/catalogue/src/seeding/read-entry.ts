import { AgencyCode, ProcedureCode, ResultTypeCode } from '#kernel';
import type {
  Agency,
  CodeSource,
  Component,
  DocumentType,
  FieldDefinition,
  Procedure,
  Purpose,
  ValidityRule,
  Versioned,
} from '../catalogue.port.js';
import { minimumFields } from '../minimum-fields.js';
import type { EntryKind, EntryKinds } from './catalogue-entry.js';
import type { SeedReader } from './seed-reader.js';

const codeSources = ['verified', 'memory', 'own'] as const satisfies readonly CodeSource[];
const common = new Set(minimumFields.map((field) => field.key));

const readVersion = (reader: SeedReader): Versioned => {
  const validFrom = reader.date('validFrom');
  const validTo = reader.optionalDate('validTo');
  const successor = reader.optionalText('successor');
  if (validTo !== undefined && validTo < validFrom) reader.fault('validTo', 'lies before validFrom');
  if (successor !== undefined && validTo === undefined) reader.fault('successor', 'needs a validTo');
  return { validFrom, ...(validTo && { validTo }), ...(successor && { successor }) };
};

const readAgency = (reader: SeedReader): Agency => {
  const parentCode = reader.optionalText('parentCode');
  const sealDiameterMm = reader.optionalWhole('sealDiameterMm');
  return {
    code: reader.code('code', AgencyCode.parse),
    codeSource: reader.oneOf('codeSource', codeSources),
    name: reader.text('name'),
    ...(parentCode && { parentCode }),
    level: reader.oneOf('level', ['province', 'commune', 'department', 'ministry']),
    symbol: reader.text('symbol'),
    ...(sealDiameterMm && { sealDiameterMm }),
    ...readVersion(reader),
  };
};

const readComponent = (reader: SeedReader): Component => {
  const anyOf = reader.list('anyOf', (value, place) => {
    const codes = Array.isArray(value) ? value.filter((code): code is string => typeof code === 'string') : [];
    if (codes.length === 0)
      reader.fault(place.slice(reader.place.length + 1), 'must be a non-empty list of type codes');
    return codes;
  });
  if (anyOf.length === 0) reader.fault('anyOf', 'must name at least one set of types');
  const mustDigitise = reader.optionalOneOf('mustDigitise', ['a', 'b', 'c', 'd']);
  const maxAgeMonths = reader.optionalWhole('maxAgeMonths');
  return {
    id: reader.text('id'),
    name: reader.text('name'),
    mandatory: reader.flag('mandatory'),
    anyOf,
    ...(mustDigitise && { mustDigitise }),
    acceptsKho: reader.flag('acceptsKho'),
    acceptsDatabase: reader.flag('acceptsDatabase'),
    acceptsSelfUpload: reader.flag('acceptsSelfUpload'),
    requiresAgencySignature: reader.flag('requiresAgencySignature'),
    ...(maxAgeMonths && { maxAgeMonths }),
  };
};

const readProcedure = (reader: SeedReader): Procedure => {
  const resultTypeCode = reader.optionalText('resultTypeCode');
  const procedure: Procedure = {
    code: reader.code('code', (text) => {
      // Localised codes name the same procedure (FR-08); the catalogue keeps the national one.
      if (ProcedureCode.parse(text).national !== text) throw new Error('not national');
    }),
    codeSource: reader.oneOf('codeSource', codeSources),
    name: reader.text('name'),
    sector: reader.text('sector'),
    level: reader.oneOf('level', ['province', 'commune']),
    essential: reader.flag('essential'),
    ...(resultTypeCode && { resultTypeCode }),
    components: reader.objects('components', readComponent),
    ...readVersion(reader),
  };
  reportTwins(
    reader,
    'components',
    procedure.components.map(({ id }) => id),
  );
  return procedure;
};

const readField = (reader: SeedReader): FieldDefinition => ({
  key: reader.text('key'),
  label: reader.text('label'),
  kind: reader.oneOf('kind', [
    'text',
    'date',
    'number',
    'personalId',
    'businessCode',
    'identifier',
    'documentNumber',
    'agency',
    'sex',
  ]),
  required: reader.flag('required'),
  anchors: reader.texts('anchors'),
});

const readValidity = (reader: SeedReader): ValidityRule => {
  const rule = reader.oneOf('rule', ['permanent', 'months', 'stated']);
  return rule === 'months' ? { rule, months: reader.whole('months') } : { rule };
};

const readDocumentType = (reader: SeedReader): DocumentType => {
  const type: DocumentType = {
    code: reader.code('code', (text) => {
      if (!ResultTypeCode.is(text) && !/^GT\.\d{6}$/.test(text)) throw new Error('neither national nor own');
    }),
    codeSource: reader.oneOf('codeSource', codeSources),
    name: reader.text('name'),
    nameEn: reader.text('nameEn'),
    kind: reader.oneOf('kind', ['result', 'component']),
    ownerKind: reader.oneOf('ownerKind', ['person', 'business', 'any']),
    fields: reader.objects('fields', readField),
    validity: reader.object('validity', readValidity),
    supersession: reader.oneOf('supersession', ['LATEST_ONLY', 'VERSIONED', 'INDEPENDENT']),
    colourRequired: reader.flag('colourRequired'),
    foundByRelatedPerson: reader.flag('foundByRelatedPerson'),
    servedByDatabase: reader.flag('servedByDatabase'),
    ...readVersion(reader),
  };
  const keys = type.fields.map(({ key }) => key);
  reportTwins(reader, 'fields', keys);
  keys.forEach((key, index) => {
    if (common.has(key)) reader.fault(`fields/${index}/key`, `"${key}" is one of the nine fields every type has`);
    if (!/^[a-z][A-Za-z0-9]*$/.test(key)) reader.fault(`fields/${index}/key`, `"${key}" is not camelCase`);
  });
  return type;
};

const readPurpose = (reader: SeedReader): Purpose => ({
  code: reader.code('code', (text) => {
    if (!/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/.test(text)) throw new Error('not SCREAMING_SNAKE');
  }),
  text: reader.text('text'),
  ...readVersion(reader),
});

const reportTwins = (reader: SeedReader, list: string, names: readonly string[]): void => {
  names.forEach((name, index) => {
    if (names.indexOf(name) !== index) reader.fault(`${list}/${index}`, `"${name}" appears twice`);
  });
};

export const readEntry: { readonly [K in EntryKind]: (reader: SeedReader) => EntryKinds[K] } = {
  agency: readAgency,
  procedure: readProcedure,
  documentType: readDocumentType,
  purpose: readPurpose,
};
