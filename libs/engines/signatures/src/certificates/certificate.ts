import { createHash, X509Certificate } from 'node:crypto';
import { AsnConvert } from '@peculiar/asn1-schema';
import {
  BasicConstraints,
  Certificate,
  ExtendedKeyUsage,
  id_ce_basicConstraints,
  id_ce_extKeyUsage,
  id_ce_keyUsage,
  KeyUsage,
  type KeyUsageType,
  type Name,
} from '@peculiar/asn1-x509';

/** The names of a subject or issuer that people read. */
export interface CertificateName {
  readonly commonName?: string;
  readonly organization?: string;
  /** userId (0.9.2342.19200300.100.1.1), where the national certificates put the person's or agency's identifier. */
  readonly userId?: string;
  /** Everything, most specific part first. */
  readonly text: string;
}

/** What a certificate says, read once. */
export interface CertificateFacts {
  readonly der: Uint8Array;
  readonly x509: X509Certificate;
  readonly subject: CertificateName;
  readonly issuer: CertificateName;
  /** Upper-case hexadecimal. */
  readonly serial: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly isCa: boolean;
  readonly pathLength?: number;
  /** Absent when the certificate does not restrict its use. */
  readonly keyUsage?: readonly KeyUsageType[];
  readonly extendedKeyUsage?: readonly string[];
  /** Critical extensions not understood here; RFC 5280 (4.2) then forbids relying on the certificate. */
  readonly unknownCritical: readonly string[];
}

const attributeTypes = { commonName: '2.5.4.3', organization: '2.5.4.10', userId: '0.9.2342.19200300.100.1.1' };
const understood = new Set<string>([id_ce_basicConstraints, id_ce_keyUsage, id_ce_extKeyUsage, '2.5.29.32']);

const nameOf = (name: Name): CertificateName => {
  const parts = name.flatMap((relative) => relative.map(({ type, value }) => ({ type, text: value.toString() })));
  const find = (type: string): string | undefined => parts.find((part) => part.type === type)?.text;
  return {
    commonName: find(attributeTypes.commonName),
    organization: find(attributeTypes.organization),
    userId: find(attributeTypes.userId),
    text: [...parts]
      .reverse()
      .map(({ text }) => text)
      .join(', '),
  };
};

const remembered = new Map<string, CertificateFacts>();
const MAX_REMEMBERED = 500;

/**
 * Reads a DER certificate. The same few issuers come with every signature, so what was read is remembered by its hash.
 * @throws Error when the bytes are not a certificate
 */
export const readCertificate = (der: Uint8Array): CertificateFacts => {
  const key = createHash('sha256').update(der).digest('base64');
  const known = remembered.get(key);
  if (known) return known;
  const facts = parseCertificate(Buffer.from(der));
  if (remembered.size >= MAX_REMEMBERED) remembered.clear();
  remembered.set(key, facts);
  return facts;
};

const parseCertificate = (der: Uint8Array): CertificateFacts => {
  const x509 = new X509Certificate(der);
  const { tbsCertificate } = AsnConvert.parse(der, Certificate);
  const extensions = tbsCertificate.extensions ?? [];
  const read = <T>(id: string, type: new () => T): T | undefined => {
    const extension = extensions.find(({ extnID }) => extnID === id);
    return extension && AsnConvert.parse(extension.extnValue.buffer, type);
  };
  const constraints = read(id_ce_basicConstraints, BasicConstraints);
  const extendedKeyUsage = read(id_ce_extKeyUsage, ExtendedKeyUsage);
  return {
    der,
    x509,
    subject: nameOf(tbsCertificate.subject),
    issuer: nameOf(tbsCertificate.issuer),
    serial: x509.serialNumber,
    notBefore: tbsCertificate.validity.notBefore.getTime(),
    notAfter: tbsCertificate.validity.notAfter.getTime(),
    isCa: constraints?.cA ?? false,
    pathLength: constraints?.pathLenConstraint,
    keyUsage: read(id_ce_keyUsage, KeyUsage)?.toJSON(),
    extendedKeyUsage: extendedKeyUsage && [...extendedKeyUsage],
    unknownCritical: extensions
      .filter(({ critical, extnID }) => critical && !understood.has(extnID))
      .map((e) => e.extnID),
  };
};

/** RFC 5280, 4.2.1.3: absent means unrestricted; a signer needs digitalSignature or nonRepudiation (FR-50). */
export const maySignDocuments = ({ keyUsage }: CertificateFacts): boolean =>
  keyUsage === undefined || keyUsage.includes('digitalSignature') || keyUsage.includes('nonRepudiation');
