import { type CertificateFacts, readCertificate } from '../certificates/certificate.js';
import type { CheckReasonKey } from './check-reasons.js';

const MAX_PATH = 8;
const MAX_TRIED = 200;

/**
 * Judges the way from a certificate to a trust anchor (RFC 5280, section 6, in its basic parts): signatures, validity at
 * the given time, CA flag, key usage, path length, critical extensions. Revocation is not looked at.
 * @param given certificates that came with the signature, DER
 * @param anchors trusted certificates, DER
 * @returns undefined when the path holds, otherwise the reason of the best path found
 */
export const checkCertificatePath = (
  leaf: CertificateFacts,
  given: readonly Uint8Array[],
  anchors: readonly Uint8Array[],
  at: Date,
): CheckReasonKey | undefined => {
  const trusted = anchors.map(readCertificate);
  const isTrusted = (certificate: CertificateFacts): boolean =>
    trusted.some(({ der }) => Buffer.compare(der, certificate.der) === 0);
  const candidates = [...trusted, ...given.map(readCertificate)];
  let tried = 0;
  let best: CheckReasonKey = 'path-not-trusted';

  const walk = (path: readonly CertificateFacts[]): boolean => {
    const last = path.at(-1);
    if (!last || path.length > MAX_PATH || ++tried > MAX_TRIED) return false;
    if (isTrusted(last)) {
      const fault = faultOf(path, at);
      if (fault) best = fault;
      return fault === undefined;
    }
    return candidates.some((issuer) => !path.includes(issuer) && issued(issuer, last) && walk([...path, issuer]));
  };
  return walk([leaf]) ? undefined : best;
};

const issued = (issuer: CertificateFacts, subject: CertificateFacts): boolean =>
  issuer.x509.subject === subject.x509.issuer && subject.x509.verify(issuer.x509.publicKey);

/** @param path from the signer up to the trust anchor */
const faultOf = (path: readonly CertificateFacts[], at: Date): CheckReasonKey | undefined => {
  if (path.some(({ notBefore, notAfter }) => at < notBefore || at > notAfter)) return 'path-not-valid-then';
  if (path.some(({ unknownCritical }) => unknownCritical.length > 0)) return 'path-critical-extension';
  const issuers = path.slice(1);
  if (issuers.some(({ isCa, keyUsage }) => !isCa || (keyUsage && !keyUsage.includes('keyCertSign')))) {
    return 'path-issuer-not-ca';
  }
  // pathLenConstraint counts the CAs below, without the signer's own certificate (RFC 5280, 4.2.1.9).
  if (issuers.some(({ pathLength }, below) => pathLength !== undefined && below > pathLength)) return 'path-too-long';
  return undefined;
};
