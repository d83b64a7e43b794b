import { createHash } from 'node:crypto';
import {
  der,
  type DerNode,
  derObjectIdentifier,
  derTag,
  expectChildren,
  expectContent,
  readObjectIdentifier,
} from '../asn1/der.js';
import { oids } from '../asn1/oids.js';

/** [4] directoryName of GeneralName (RFC 5280, 4.2.1.6); explicit, because Name is a CHOICE. */
const DIRECTORY_NAME = derTag.context(4);

/**
 * The signed attribute that ties a signature to one certificate (RFC 5035, section 3), so that another certificate of
 * the same key cannot be put in its place.
 * ```asn1
 * SigningCertificateV2 ::= SEQUENCE {
 *   certs    SEQUENCE OF ESSCertIDv2,
 *   policies SEQUENCE OF PolicyInformation OPTIONAL }
 * ESSCertIDv2 ::= SEQUENCE {
 *   hashAlgorithm AlgorithmIdentifier DEFAULT {algorithm id-sha256},
 *   certHash      OCTET STRING,
 *   issuerSerial  IssuerSerial OPTIONAL }
 * IssuerSerial ::= SEQUENCE { issuer GeneralNames, serialNumber CertificateSerialNumber }
 * ```
 * @param issuer the certificate's issuer as encoded in it
 * @param serialNumber its serial number, INTEGER
 * @returns DER of the Attribute
 */
export const signingCertificateAttribute = (
  certificate: Uint8Array,
  issuer: Uint8Array,
  serialNumber: Uint8Array,
): Buffer => {
  // SHA-256 is the default and is therefore left out (X.690, 11.5).
  const hash = der(derTag.OCTET_STRING, createHash('sha256').update(certificate).digest());
  const issuerSerial = der(derTag.SEQUENCE, der(derTag.SEQUENCE, der(DIRECTORY_NAME, issuer)), serialNumber);
  const value = der(derTag.SEQUENCE, der(derTag.SEQUENCE, der(derTag.SEQUENCE, hash, issuerSerial)));
  return der(derTag.SEQUENCE, derObjectIdentifier(oids.signingCertificateV2), der(derTag.SET, value));
};

/** Hash of a certificate as a signing-certificate attribute states it. */
export interface CertificateHash {
  readonly digestOid: string;
  readonly hash: Buffer;
}

/**
 * The first certificate of a SigningCertificateV2, or of its predecessor SigningCertificate (RFC 2634, SHA-1 only).
 * @throws DerError
 */
export const readSigningCertificate = (value: DerNode, defaultDigestOid: string): CertificateHash => {
  const [certificates] = expectChildren(value, derTag.SEQUENCE);
  const [id] = expectChildren(certificates, derTag.SEQUENCE);
  const [first, second] = expectChildren(id, derTag.SEQUENCE);
  if (first?.tag !== derTag.SEQUENCE) {
    return { digestOid: defaultDigestOid, hash: expectContent(first, derTag.OCTET_STRING) };
  }
  const [digestOid] = expectChildren(first, derTag.SEQUENCE);
  return { digestOid: readObjectIdentifier(digestOid), hash: expectContent(second, derTag.OCTET_STRING) };
};
