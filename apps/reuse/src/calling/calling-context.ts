/** The ground on which personal data is used without or with the owner's say (Decree 13/2023, section 7.1 of the domain notes). */
export const legalBases = ['STATE_DUTY', 'CONSENT', 'GUARDIAN', 'REPRESENTATIVE'] as const;
export type LegalBasis = (typeof legalBases)[number];

/** The person who really acts, whatever system speaks for them (FR-79). */
export interface ActingPerson {
  readonly id: string;
  readonly name?: string;
  readonly agencyCode: string;
}

/** For which case, why, on what ground and by whom a person's documents are asked for (FR-67). */
export interface CallingContext {
  readonly dossierCode: string;
  readonly procedureCode: string;
  readonly purposeCode: string;
  readonly legalBasis: { readonly code: LegalBasis; readonly article?: string };
  readonly consentRef?: string;
  readonly actor: ActingPerson;
  readonly bulk: boolean;
}
