import type { PdfDocument } from '#engines/pdf';
import { completeCms, prepareCms } from '../cms/create-cms.js';
import type { SigningKey } from '../keys/signing-key.js';
import { embedSignature } from './embed-signature.js';
import { prepareSignature, type SignatureOptions, type ToBeSigned } from './prepare-signature.js';

/** The CMS of a prepared signature. `key` must be the identity that the signature was prepared for. */
export const signCms = async (toBeSigned: ToBeSigned, key: SigningKey): Promise<Uint8Array> => {
  const prepared = prepareCms(toBeSigned.digest, toBeSigned.digestAlgorithm, key);
  return completeCms(prepared, await key.sign(prepared.signedAttributes, prepared.digestAlgorithm));
};

/**
 * Signs in one step: prepare, sign, embed. PAdES baseline B-B.
 * @returns the signed file; its first bytes are the given file, untouched
 * @throws DomainError as {@link prepareSignature}
 */
export const signPdf = async (
  pdf: Uint8Array | PdfDocument,
  key: SigningKey,
  options: SignatureOptions,
): Promise<Uint8Array> => {
  const toBeSigned = prepareSignature(pdf, key, options);
  return embedSignature(toBeSigned, await signCms(toBeSigned, key));
};
