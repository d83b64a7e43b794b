/** What a caller is told, and what the one who reads the log should know, for one error code. */
export interface ErrorDefinition {
  /** HTTP status of the problem document (RFC 9457). */
  readonly status: number;
  /** When it is thrown; for the documentation, not for callers. */
  readonly when: string;
  /** Cause and what to do; `{name}` marks a parameter. */
  readonly vi: string;
  readonly en: string;
}

export const defineErrors = <T extends Record<string, ErrorDefinition>>(
  table: T,
): { readonly [K in keyof T]: ErrorDefinition } => table;
