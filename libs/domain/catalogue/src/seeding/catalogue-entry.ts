import type { Agency, DocumentType, Procedure, Purpose } from '../catalogue.port.js';

/** The four registers of the catalogue; each has a file and a kind of entry. */
export interface EntryKinds {
  agency: Agency;
  procedure: Procedure;
  documentType: DocumentType;
  purpose: Purpose;
}

export type EntryKind = keyof EntryKinds;

export const entryKinds = ['agency', 'procedure', 'documentType', 'purpose'] as const satisfies readonly EntryKind[];

export const fileOf: Readonly<Record<EntryKind, string>> = {
  agency: 'agencies.json',
  procedure: 'procedures.json',
  documentType: 'document-types.json',
  purpose: 'purposes.json',
};

/** One version of one entry, and where it stands in its file. */
export interface SeedEntry<K extends EntryKind = EntryKind> {
  readonly kind: K;
  /** `procedures.json#/3`: file and JSON pointer. */
  readonly place: string;
  readonly value: EntryKinds[K];
}

/** What is wrong in the seed files, and where. */
export interface SeedFault {
  readonly place: string;
  readonly problem: string;
}
