import type { PdfLimits } from './limits.js';
import type { PdfDict, PdfObject } from './objects.js';

/** What walking a tree needs of a document: its root, and objects behind references. */
export interface ObjectAccess {
  readonly limits: PdfLimits;
  readonly catalog: PdfDict;
  /** Follows references to the object itself; what does not exist is `null` (ISO 32000-2, 7.3.10). */
  resolve(value: PdfObject | undefined): PdfObject;
  /** The array behind a value; undefined when it is something else. */
  array(value: PdfObject | undefined): readonly PdfObject[] | undefined;
}
