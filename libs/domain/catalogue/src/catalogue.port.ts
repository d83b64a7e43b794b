import type { CalendarDate } from '#kernel';

export type { CalendarDate };

/** Catalogue entries are versions: what was in force on a day stays what it was (FR-07). */
export interface Versioned {
  readonly validFrom: CalendarDate;
  /** Last day in force; undefined while in force. */
  readonly validTo?: CalendarDate;
  /** Code of the entry that took over. */
  readonly successor?: string;
}

/** Where an entry's code comes from, so that none is taken for official that was not checked. */
export type CodeSource =
  /** Seen in the national database or in a published system. */
  | 'verified'
  /** Believed to be the official code; check before relying on it outside. */
  | 'memory'
  /** Chosen by this catalogue, where there is no national code. */
  | 'own';

export interface Agency extends Versioned {
  readonly codeSource?: CodeSource;
  /** Decision 20/2020, e.g. `H27.05.12`. */
  readonly code: string;
  readonly name: string;
  readonly parentCode?: string;
  readonly level: 'province' | 'commune' | 'department' | 'ministry';
  /** Registered diameter of the seal, mm. */
  readonly sealDiameterMm?: number;
  /** Used in document symbols, e.g. `UBND` in `15/QĐ-UBND`. */
  readonly symbol: string;
}

/** One paper a procedure asks for, and what may stand in for it. */
export interface Component {
  readonly id: string;
  readonly name: string;
  readonly mandatory: boolean;
  /** Alternatives of sets: any inner list, complete, satisfies the component. */
  readonly anyOf: readonly (readonly string[])[];
  /** Group of Circular 01/2023 Art. 4(1), when digitising is compulsory. */
  readonly mustDigitise?: 'a' | 'b' | 'c' | 'd';
  readonly acceptsKho: boolean;
  readonly acceptsDatabase: boolean;
  readonly acceptsSelfUpload: boolean;
  readonly requiresAgencySignature: boolean;
  /** Oldest acceptable issue date, in months before the day of the decision. */
  readonly maxAgeMonths?: number;
}

export interface Procedure extends Versioned {
  readonly codeSource?: CodeSource;
  /** Seven-digit national code, e.g. `1.001193`. */
  readonly code: string;
  readonly name: string;
  readonly sector: string;
  readonly level: 'province' | 'commune';
  readonly essential: boolean;
  /** Document type of the result. */
  readonly resultTypeCode?: string;
  readonly components: readonly Component[];
}

export interface FieldDefinition {
  /** camelCase Vietnamese key as in the reuse API, e.g. `hoTen`, `ngaySinh`. */
  readonly key: string;
  readonly label: string;
  /** `identifier` is a personal number or a business code, where the owner may be either. */
  readonly kind:
    'text' | 'date' | 'number' | 'personalId' | 'businessCode' | 'identifier' | 'documentNumber' | 'agency' | 'sex';
  readonly required: boolean;
  /** Words that announce the value on the page, most specific first. */
  readonly anchors: readonly string[];
}

export type ValidityRule =
  | { readonly rule: 'permanent' }
  | { readonly rule: 'months'; readonly months: number }
  /** The paper itself says until when, if at all (FR-29: never invented). */
  | { readonly rule: 'stated' };

export interface DocumentType extends Versioned {
  readonly codeSource?: CodeSource;
  /** National result-type code `KQ.G15.000031`, or the agency's own `GT.nnnnnn`. */
  readonly code: string;
  readonly name: string;
  readonly nameEn: string;
  readonly kind: 'result' | 'component';
  readonly ownerKind: 'person' | 'business' | 'any';
  /** Besides the nine minimum fields of Circular 01/2023 Art. 9. */
  readonly fields: readonly FieldDefinition[];
  readonly validity: ValidityRule;
  readonly supersession: 'LATEST_ONLY' | 'VERSIONED' | 'INDEPENDENT';
  readonly colourRequired: boolean;
  /** FR-05: whether a related person (parent, spouse) finds it by their own number. */
  readonly foundByRelatedPerson: boolean;
  /** Types whose data a national database serves are not digitised (Circular 01/2023 Art. 4). */
  readonly servedByDatabase: boolean;
}

export interface Purpose extends Versioned {
  readonly code: string;
  /** What the citizen reads. */
  readonly text: string;
}

export abstract class Catalogue {
  /** @throws DomainError `agency-unknown` */
  abstract agency(code: string, on: CalendarDate): Promise<Agency>;
  /** Accepts national and localised codes (FR-08). @throws DomainError `procedure-unknown` */
  abstract procedure(code: string, on: CalendarDate): Promise<Procedure>;
  /** @throws DomainError `document-type-unknown` */
  abstract documentType(code: string, on: CalendarDate): Promise<DocumentType>;
  /** @throws DomainError `purpose-not-registered` */
  abstract purpose(code: string, on: CalendarDate): Promise<Purpose>;
  abstract agencies(on: CalendarDate): Promise<readonly Agency[]>;
  abstract procedures(on: CalendarDate): Promise<readonly Procedure[]>;
  abstract documentTypes(on: CalendarDate): Promise<readonly DocumentType[]>;
  abstract purposes(on: CalendarDate): Promise<readonly Purpose[]>;
}
