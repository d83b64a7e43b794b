import { DomainError } from '../domain-error.js';

const pattern = /^(\d\.\d{6})(?:\.\d{3}\.\d{2}\.\d{2}\.([A-Z]\d{2}))?$/;

/**
 * Code of an administrative procedure in the national database. A province may append its agency
 * (`1.004616.000.00.00.H56`); procedures are the same when their national parts are (FR-08).
 */
export class ProcedureCode {
  private constructor(
    /** `1.004616`: compare by this. */
    readonly national: string,
    /** As written, to be stored. */
    readonly full: string,
    /** `H56` in a localised code. */
    readonly localAgencyCode: string | undefined,
  ) {}

  /** @throws DomainError `procedure-code-invalid` */
  static parse(text: string): ProcedureCode {
    const full = text.trim();
    const match = pattern.exec(full);
    if (match?.[1] === undefined) throw new DomainError('procedure-code-invalid', { value: full });
    return new ProcedureCode(match[1], full, match[2]);
  }
}
