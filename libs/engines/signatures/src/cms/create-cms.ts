import { X509Certificate } from 'node:crypto';
import { type DigestAlgorithm, digests } from '../algorithms.js';
import { der, derChildren, derInteger, derObjectIdentifier, derTag, expectChildren, readDer } from '../asn1/der.js';
import { oids } from '../asn1/oids.js';
import type { SigningIdentity } from '../keys/signing-key.js';
import { encodedDigestAlgorithm, encodedSignatureAlgorithm } from './signature-algorithm.js';
import { signingCertificateAttribute } from './signing-certificate-v2.js';

/** A CMS signature short of its signature value: the signed attributes are what the key signs. */
export interface PreparedCms {
  /** DER of the SET OF signed attributes (RFC 5652, section 5.4). */
  readonly signedAttributes: Uint8Array;
  readonly digestAlgorithm: DigestAlgorithm;
  readonly identity: SigningIdentity;
}

/** The parts that stay the same for every signature of one identity. */
interface IdentityParts {
  readonly issuerAndSerialNumber: Buffer;
  readonly signingCertificate: Buffer;
  readonly certificates: Buffer;
  /** Longest signature value the key can make. */
  readonly signatureBytes: number;
  /** Size of the whole CMS, by digest, as far as it was asked for. */
  readonly cmsBytes: Map<DigestAlgorithm, number>;
}

const contentTypeAttribute = der(
  derTag.SEQUENCE,
  derObjectIdentifier(oids.contentType),
  der(derTag.SET, derObjectIdentifier(oids.data)),
);
const messageDigestType = derObjectIdentifier(oids.messageDigest);
const signedDataVersion = derInteger(1);

const known = new WeakMap<SigningIdentity, IdentityParts>();

const partsOf = (identity: SigningIdentity): IdentityParts => {
  const before = known.get(identity);
  if (before) return before;
  const { issuer, serialNumber } = issuerAndSerial(identity.certificate);
  const parts: IdentityParts = {
    issuerAndSerialNumber: der(derTag.SEQUENCE, issuer, serialNumber),
    signingCertificate: signingCertificateAttribute(identity.certificate, issuer, serialNumber),
    // SET OF in DER order (X.690, 11.6), as signedData of this version asks.
    certificates: der(
      derTag.context(0),
      ...[identity.certificate, ...identity.chain].map((certificate) => Buffer.from(certificate)).sort(Buffer.compare),
    ),
    signatureBytes: longestSignature(identity.certificate),
    cmsBytes: new Map(),
  };
  known.set(identity, parts);
  return parts;
};

/** An RSA block is as long as the modulus; an ECDSA value is two integers of the curve's size with 8 bytes around them. */
const longestSignature = (certificate: Uint8Array): number => {
  const details = new X509Certificate(certificate).publicKey.asymmetricKeyDetails ?? {};
  if (details.modulusLength !== undefined) return Math.ceil(details.modulusLength / 8);
  return details.namedCurve === 'secp384r1' ? 2 * 49 + 8 : 2 * 33 + 8;
};

const issuerAndSerial = (certificate: Uint8Array): { issuer: Buffer; serialNumber: Buffer } => {
  const [tbsCertificate] = expectChildren(readDer(certificate), derTag.SEQUENCE);
  const fields = expectChildren(tbsCertificate, derTag.SEQUENCE);
  const at = fields[0]?.tag === derTag.context(0) ? 1 : 0;
  const serialNumber = fields[at]?.raw;
  const issuer = fields[at + 2]?.raw;
  if (!serialNumber || !issuer) throw new TypeError('not a certificate');
  return { issuer, serialNumber };
};

/**
 * Signed attributes of PAdES baseline B-B (EN 319 142-1, section 6.3): content type, message digest, signing certificate.
 * The signing time stands in the PDF dictionary (/M) and must not stand here.
 * @param contentDigest digest of the signed byte range
 */
export const prepareCms = (
  contentDigest: Uint8Array,
  digestAlgorithm: DigestAlgorithm,
  identity: SigningIdentity,
): PreparedCms => {
  const messageDigest = der(
    derTag.SEQUENCE,
    messageDigestType,
    der(derTag.SET, der(derTag.OCTET_STRING, contentDigest)),
  );
  const attributes = [contentTypeAttribute, messageDigest, partsOf(identity).signingCertificate];
  return { signedAttributes: der(derTag.SET, ...attributes.sort(Buffer.compare)), digestAlgorithm, identity };
};

/**
 * The finished CMS: ContentInfo with SignedData, one SignerInfo, no content (RFC 5652, section 5).
 * @param signature value over `prepared.signedAttributes`
 * @returns DER
 */
export const completeCms = (prepared: PreparedCms, signature: Uint8Array): Uint8Array => {
  const { digestAlgorithm, identity } = prepared;
  const parts = partsOf(identity);
  const digest = encodedDigestAlgorithm(digestAlgorithm);
  const attributes = derChildren(readDer(prepared.signedAttributes)).map(({ raw }) => raw);
  const signerInfo = der(
    derTag.SEQUENCE,
    signedDataVersion,
    parts.issuerAndSerialNumber,
    digest,
    der(derTag.context(0), ...attributes),
    encodedSignatureAlgorithm(identity.scheme, digestAlgorithm),
    der(derTag.OCTET_STRING, signature),
  );
  const signedData = der(
    derTag.SEQUENCE,
    signedDataVersion,
    der(derTag.SET, digest),
    der(derTag.SEQUENCE, derObjectIdentifier(oids.data)),
    parts.certificates,
    der(derTag.SET, signerInfo),
  );
  return der(derTag.SEQUENCE, derObjectIdentifier(oids.signedData), der(derTag.context(0), signedData));
};

/** Upper bound in bytes of the CMS that this identity will make. */
export const estimateCmsBytes = (identity: SigningIdentity, digestAlgorithm: DigestAlgorithm): number => {
  const { signatureBytes, cmsBytes } = partsOf(identity);
  const known = cmsBytes.get(digestAlgorithm);
  if (known !== undefined) return known;
  const prepared = prepareCms(new Uint8Array(digests[digestAlgorithm].bytes), digestAlgorithm, identity);
  const size = completeCms(prepared, new Uint8Array(signatureBytes)).length;
  cmsBytes.set(digestAlgorithm, size);
  return size;
};
