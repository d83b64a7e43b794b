import { DomainError } from '../domain-error.js';

const pattern = /^KQ\.([A-Z]\d{2})\.(\d{6})$/;

/** Type of a procedure's result in the national database, e.g. `KQ.G15.000031` (Circular 01/2023 Art. 10). */
export class ResultTypeCode {
  private constructor(
    readonly value: string,
    /** The ministry that declared it: `G15`. */
    readonly agencyCode: string,
    /** Six digits. */
    readonly serial: string,
  ) {}

  static is(text: string): boolean {
    return pattern.test(text);
  }

  /** @throws DomainError `result-type-code-invalid` */
  static parse(text: string): ResultTypeCode {
    const match = pattern.exec(text);
    if (match?.[1] === undefined || match[2] === undefined) {
      throw new DomainError('result-type-code-invalid', { value: text });
    }
    return new ResultTypeCode(text, match[1], match[2]);
  }
}
