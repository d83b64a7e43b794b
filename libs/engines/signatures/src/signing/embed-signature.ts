import { DomainError } from '#kernel';
import { readRange } from '#engines/pdf';
import type { ToBeSigned } from './prepare-signature.js';

/**
 * Puts the CMS into its place.
 * @param cms DER
 * @returns the signed file: the original bytes, then one increment
 * @throws DomainError `signature-too-large`
 */
export const embedSignature = (toBeSigned: ToBeSigned, cms: Uint8Array): Uint8Array => {
  const { source, appended, contents } = toBeSigned;
  const room = (contents.end - contents.start - 2) / 2;
  if (cms.length > room) throw new DomainError('signature-too-large', { size: cms.length });
  const file = Buffer.allocUnsafe(source.length + appended.length);
  file.set(readRange(source, 0, source.length));
  file.set(appended, source.length);
  file.write(Buffer.from(cms).toString('hex'), contents.start + 1, 'latin1');
  return file;
};
