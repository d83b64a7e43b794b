import { DomainError } from '#kernel';
import type { CodeParts } from '../records.port.js';

/** All parts of a document code, each kept in its own column (Circular 01/2023 Art. 10; FR-30). */
export interface DocumentCodeParts {
  /** The owner's identifier; empty when there is none. */
  readonly owner: string;
  /** Result type of the national database, or the procedure a component was filed for. */
  readonly subject: string;
  /** Number and symbol of a result, or the code of the component. */
  readonly detail: string;
  /** From 1, per prefix (FR-31). */
  readonly ordinal: number;
}

/** The parts that a confirmation says, checked. @throws DomainError `document-code-part-invalid` with the part's name */
export const codeSubject = (parts: CodeParts): { readonly subject: string; readonly detail: string } =>
  parts.kind === 'result'
    ? {
        subject: checked('resultTypeCode', parts.resultTypeCode),
        detail: checked('numberSymbol', parts.numberSymbol),
      }
    : {
        subject: checked('procedureCode', parts.procedureCode),
        detail: checked('componentCode', parts.componentCode),
      };

/** What the ordinal counts. Ends with a dot, so that no prefix is the beginning of another's code. */
export const codePrefix = ({ owner, subject, detail }: Omit<DocumentCodeParts, 'ordinal'>): string =>
  `${owner}.${subject}.${detail}.`;

/** `042090000123.KQ.G15.000031.05/KS.01`; the ordinal has two digits, three and more after 99 (FR-31). */
export const formatDocumentCode = (parts: DocumentCodeParts): string =>
  `${codePrefix(parts)}${String(parts.ordinal).padStart(2, '0')}`;

const checked = (part: string, value: string): string => {
  if (value === '' || /\s/u.test(value)) throw new DomainError('document-code-part-invalid', { part });
  return value;
};
