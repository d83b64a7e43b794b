import { DomainError, vietnamDate } from '#kernel';
import { type CertificateFacts, maySignDocuments, readCertificate } from '../certificates/certificate.js';
import type { SigningIdentity } from '../keys/signing-key.js';

const read = new WeakMap<SigningIdentity, CertificateFacts>();

/**
 * The checks before signing that need nothing from outside (FR-50): dates and key usage.
 * @throws DomainError `signing-certificate-expired`, `signing-certificate-not-yet-valid`, `signing-certificate-usage`
 */
export const assertCertificateUsable = (identity: SigningIdentity, at: Date): void => {
  const certificate = read.get(identity) ?? readCertificate(identity.certificate);
  read.set(identity, certificate);
  if (at < certificate.notBefore) {
    throw new DomainError('signing-certificate-not-yet-valid', { notBefore: vietnamDate(certificate.notBefore) });
  }
  if (at > certificate.notAfter) {
    throw new DomainError('signing-certificate-expired', { notAfter: vietnamDate(certificate.notAfter) });
  }
  if (!maySignDocuments(certificate)) throw new DomainError('signing-certificate-usage');
};
