import type { ErrorCode } from './error-catalogue.js';

export type ErrorParams = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

/** One fault among several of the same request: a field of a form, a finding on a page. */
export interface ErrorDetail {
  /** Stable code of the single fault, e.g. `SCAN_DPI_TOO_LOW`. */
  readonly code: string;
  /** JSON pointer or form-field name, when the fault belongs to one. */
  readonly field?: string;
  readonly params?: ErrorParams;
}

/**
 * The only error that crosses a use case's border. The code is a key of the error catalogue, which holds the HTTP
 * status and the Vietnamese and English texts; `params` fill the placeholders of those texts.
 */
export class DomainError extends Error {
  constructor(
    readonly code: ErrorCode,
    readonly params: ErrorParams = {},
    readonly options: { readonly cause?: unknown; readonly details?: readonly ErrorDetail[] } = {},
  ) {
    super(code, { cause: options.cause });
    this.name = 'DomainError';
  }

  /** This error as one fault among several of a request: its code the way details are written, its params if it has any. */
  asDetail(field?: string): ErrorDetail {
    const code = this.code.toUpperCase().replaceAll('-', '_');
    return {
      code,
      ...(field !== undefined && { field }),
      ...(Object.keys(this.params).length > 0 && { params: this.params }),
    };
  }

  get details(): readonly ErrorDetail[] {
    return this.options.details ?? [];
  }
}
