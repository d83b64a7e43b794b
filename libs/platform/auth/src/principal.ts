export const roles = ['officer', 'signer', 'clerk', 'supervisor', 'admin', 'citizen'] as const;
export type Role = (typeof roles)[number];

/** The authenticated caller of a route. */
export interface Principal {
  readonly kind: 'account' | 'client';
  /** Account id or client id. */
  readonly id: string;
  readonly name: string;
  /** Empty for a client. */
  readonly roles: readonly Role[];
  /** Empty for an account. */
  readonly scopes: readonly string[];
  /** The agency the caller works for; undefined for a citizen. */
  readonly agencyCode?: string;
  /** Blind index of the citizen's own personal number; only for citizens. */
  readonly subjectKey?: string;
}
