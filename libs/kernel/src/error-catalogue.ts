import { digitisationErrors } from './errors/digitisation.errors.js';
import { identifierErrors } from './errors/identifiers.errors.js';
import { ingestionErrors } from './errors/ingestion.errors.js';
import { pdfErrors } from './errors/pdf.errors.js';
import { platformErrors } from './errors/platform.errors.js';
import { queueErrors } from './errors/queue.errors.js';
import { recordsErrors } from './errors/records.errors.js';
import { reuseErrors } from './errors/reuse.errors.js';
import { signatureErrors } from './errors/signatures.errors.js';
import { signingErrors } from './errors/signing.errors.js';
import { storageErrors } from './errors/storage.errors.js';

/** Every error code of the product, by area. Codes are stable: callers branch on them. */
export const errorCatalogue = {
  ...platformErrors,
  ...storageErrors,
  ...queueErrors,
  ...identifierErrors,
  ...recordsErrors,
  ...digitisationErrors,
  ...pdfErrors,
  ...signatureErrors,
  ...ingestionErrors,
  ...signingErrors,
  ...reuseErrors,
};

export type ErrorCode = keyof typeof errorCatalogue;
