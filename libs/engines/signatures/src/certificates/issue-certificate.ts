import { createHash, type KeyObject, randomBytes, sign } from 'node:crypto';
import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import {
  AttributeTypeAndValue,
  AttributeValue,
  AuthorityKeyIdentifier,
  BasicConstraints,
  Certificate,
  ExtendedKeyUsage,
  Extension,
  Extensions,
  id_ce_authorityKeyIdentifier,
  id_ce_basicConstraints,
  id_ce_extKeyUsage,
  id_ce_keyUsage,
  id_ce_subjectKeyIdentifier,
  KeyIdentifier,
  KeyUsage,
  KeyUsageFlags,
  Name,
  RelativeDistinguishedName,
  SubjectKeyIdentifier,
  SubjectPublicKeyInfo,
  TBSCertificate,
  Validity,
  Version,
} from '@peculiar/asn1-x509';
import { digests } from '../algorithms.js';
import { signatureAlgorithmIdentifier } from '../cms/signature-algorithm.js';
import { nodeKeyInput, schemeOf } from '../keys/node-signing-key.js';

/** Parts of a subject; in the order country, organisation, common name, userId they make the distinguished name. */
export interface SubjectName {
  readonly country: string;
  readonly organization: string;
  readonly commonName: string;
  readonly userId?: string;
}

export interface CertificateRequest {
  readonly subject: SubjectName;
  readonly publicKey: KeyObject;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** CA: may issue, with at most this many CAs below it. END_ENTITY: may sign documents. */
  readonly kind: { readonly ca: true; readonly pathLength: number } | { readonly ca: false };
  /** Absent: self-signed, with the private key of `publicKey`. */
  readonly issuer?: { readonly certificate: Uint8Array };
  readonly issuerKey: KeyObject;
}

const attribute = (type: string, value: string, printable = false): RelativeDistinguishedName =>
  new RelativeDistinguishedName([
    new AttributeTypeAndValue({
      type,
      value: new AttributeValue(printable ? { printableString: value } : { utf8String: value }),
    }),
  ]);

const distinguishedName = (subject: SubjectName): Name =>
  new Name([
    attribute('2.5.4.6', subject.country, true),
    attribute('2.5.4.10', subject.organization),
    attribute('2.5.4.3', subject.commonName),
    ...(subject.userId ? [attribute('0.9.2342.19200300.100.1.1', subject.userId)] : []),
  ]);

/** RFC 5280, 4.2.1.2, method 1: SHA-1 of the key's bits; an identifier, not a protection. */
const keyIdentifier = (info: SubjectPublicKeyInfo): Buffer =>
  createHash('sha1').update(Buffer.from(info.subjectPublicKey)).digest();

const extension = (extnID: string, value: unknown, critical = false): Extension =>
  new Extension({ extnID, critical, extnValue: new OctetString(AsnConvert.serialize(value)) });

const emailProtection = '1.3.6.1.5.5.7.3.4';
const documentSigning = '1.3.6.1.5.5.7.3.36';

/** A positive serial number of 128 random bits (RFC 5280, 4.1.2.2). */
const serialNumber = (): ArrayBuffer => {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return new Uint8Array(bytes).buffer;
};

/**
 * Issues a certificate (RFC 5280) with SHA-256.
 * @returns DER
 */
export const issueCertificate = (request: CertificateRequest): Uint8Array => {
  const subjectKey = AsnConvert.parse(request.publicKey.export({ type: 'spki', format: 'der' }), SubjectPublicKeyInfo);
  const issuer = request.issuer && AsnConvert.parse(request.issuer.certificate, Certificate).tbsCertificate;
  const scheme = schemeOf(request.issuerKey);
  const algorithm = signatureAlgorithmIdentifier(scheme, 'SHA-256');
  const usage = request.kind.ca
    ? KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign
    : KeyUsageFlags.digitalSignature | KeyUsageFlags.nonRepudiation;
  const authorityKey = keyIdentifier(issuer?.subjectPublicKeyInfo ?? subjectKey);

  const tbsCertificate = new TBSCertificate({
    version: Version.v3,
    serialNumber: serialNumber(),
    signature: algorithm,
    issuer: issuer?.subject ?? distinguishedName(request.subject),
    validity: new Validity({ notBefore: request.notBefore, notAfter: request.notAfter }),
    subject: distinguishedName(request.subject),
    subjectPublicKeyInfo: subjectKey,
    extensions: new Extensions([
      extension(
        id_ce_basicConstraints,
        request.kind.ca
          ? new BasicConstraints({ cA: true, pathLenConstraint: request.kind.pathLength })
          : new BasicConstraints(),
        true,
      ),
      extension(id_ce_keyUsage, new KeyUsage(usage), true),
      ...(request.kind.ca
        ? []
        : [extension(id_ce_extKeyUsage, new ExtendedKeyUsage([documentSigning, emailProtection]))]),
      extension(id_ce_subjectKeyIdentifier, new SubjectKeyIdentifier(keyIdentifier(subjectKey))),
      extension(
        id_ce_authorityKeyIdentifier,
        new AuthorityKeyIdentifier({ keyIdentifier: new KeyIdentifier(authorityKey) }),
      ),
    ]),
  });
  const signature = sign(
    digests['SHA-256'].nodeName,
    Buffer.from(AsnConvert.serialize(tbsCertificate)),
    nodeKeyInput(request.issuerKey, scheme, digests['SHA-256'].bytes),
  );
  return Buffer.from(
    AsnConvert.serialize(
      new Certificate({
        tbsCertificate,
        signatureAlgorithm: algorithm,
        signatureValue: new Uint8Array(signature).buffer,
      }),
    ),
  );
};
