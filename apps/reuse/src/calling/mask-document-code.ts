import { maskIdentifier } from '#kernel';

/**
 * A digitisation-result code begins with its owner's identifier (FR-30); outside the record it is shown masked:
 * `042*****0123.KQ.G15.000031.12/KS.01`. The document id is the key to work with.
 */
export const maskDocumentCode = (code: string): string =>
  code.replace(/^[0-9]{9,13}(?:-[0-9]{3})?(?=\.)/, (identifier) => maskIdentifier(identifier));
