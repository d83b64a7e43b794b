/** Whose signature a key makes: a person (an account) or an agency (its code). */
export interface KeyHolder {
  readonly kind: 'PERSON' | 'AGENCY';
  /** Account id or agency code. */
  readonly id: string;
  /** As the certificate must name it. */
  readonly name: string;
  /** The agency of a person; its name goes into the certificate's O. */
  readonly organisation?: string;
}
