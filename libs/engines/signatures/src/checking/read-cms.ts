import { RsaSaPssParams } from '@peculiar/asn1-rsa';
import { AsnConvert } from '@peculiar/asn1-schema';
import {
  der,
  derChildren,
  DerError,
  type DerNode,
  derTag,
  expectChildren,
  expectContent,
  readDer,
  readObjectIdentifier,
} from '../asn1/der.js';
import { oids } from '../asn1/oids.js';

/** How a signature value was made, by its AlgorithmIdentifier. */
interface SignatureAlgorithmFacts {
  readonly scheme: 'RSA_PKCS1' | 'RSA_PSS' | 'ECDSA' | 'UNKNOWN';
  readonly name: string;
  /** OID of the digest the algorithm itself names; absent where it leaves that to the digest algorithm. */
  readonly digestOid?: string;
  readonly saltLength?: number;
}

export interface SignerFacts {
  readonly certificate?: Uint8Array;
  readonly digestOid: string;
  readonly signatureAlgorithm: SignatureAlgorithmFacts;
  readonly signature: Uint8Array;
  /** What the signature value is over: the signed attributes as a DER SET; absent when there are none. */
  readonly signedAttributes?: Uint8Array;
  /** First value of each signed attribute, by OID. */
  readonly attributes: ReadonlyMap<string, DerNode>;
}

/** What a CMS says; nothing is judged. */
export interface CmsFacts {
  readonly signers: readonly SignerFacts[];
  readonly certificates: readonly Uint8Array[];
  readonly hasContent: boolean;
}

const pkcs1: Readonly<Record<string, string | undefined>> = {
  [oids.rsaEncryption]: undefined,
  [oids.sha1WithRsa]: oids.sha1,
  [oids.sha256WithRsa]: oids.sha256,
  [oids.sha384WithRsa]: oids.sha384,
  [oids.sha512WithRsa]: oids.sha512,
};
const ecdsa: Readonly<Record<string, string>> = {
  '1.2.840.10045.4.1': oids.sha1,
  [oids.ecdsaWithSha256]: oids.sha256,
  [oids.ecdsaWithSha384]: oids.sha384,
  [oids.ecdsaWithSha512]: oids.sha512,
};

const readSignatureAlgorithm = (node: DerNode | undefined): SignatureAlgorithmFacts => {
  const [oidNode, parameters] = expectChildren(node, derTag.SEQUENCE);
  const oid = readObjectIdentifier(oidNode);
  if (oid in pkcs1) return { scheme: 'RSA_PKCS1', name: 'RSASSA-PKCS1-v1_5', digestOid: pkcs1[oid] };
  if (oid in ecdsa) return { scheme: 'ECDSA', name: 'ECDSA', digestOid: ecdsa[oid] };
  if (oid === oids.rsaPss && parameters) {
    const { hashAlgorithm, saltLength } = AsnConvert.parse(parameters.raw, RsaSaPssParams);
    return { scheme: 'RSA_PSS', name: 'RSASSA-PSS', digestOid: hashAlgorithm.algorithm, saltLength };
  }
  return { scheme: 'UNKNOWN', name: oid };
};

/** The certificate a SignerIdentifier names, among those given (RFC 5652, section 5.3). */
const findCertificate = (
  identifier: DerNode | undefined,
  certificates: readonly Uint8Array[],
): Uint8Array | undefined =>
  certificates.find((certificate) => {
    const [tbs] = expectChildren(readDer(certificate), derTag.SEQUENCE);
    const fields = expectChildren(tbs, derTag.SEQUENCE);
    const at = fields[0]?.tag === derTag.context(0) ? 1 : 0;
    if (identifier?.tag === derTag.SEQUENCE) {
      const [issuer, serial] = derChildren(identifier);
      return Boolean(issuer && serial && fields[at]?.raw.equals(serial.raw) && fields[at + 2]?.raw.equals(issuer.raw));
    }
    // [0] IMPLICIT subjectKeyIdentifier: the extension's content holds the same octets.
    return identifier?.tag === 0x80 && hasKeyIdentifier(fields, identifier.content);
  });

const hasKeyIdentifier = (tbsFields: readonly DerNode[], keyIdentifier: Buffer): boolean => {
  const wrapper = tbsFields.find(({ tag }) => tag === derTag.context(3));
  const list = wrapper ? expectChildren(derChildren(wrapper)[0], derTag.SEQUENCE) : [];
  return list.some((extension) => {
    const parts = expectChildren(extension, derTag.SEQUENCE);
    if (readObjectIdentifier(parts[0]) !== '2.5.29.14') return false;
    const value = readDer(expectContent(parts.at(-1), derTag.OCTET_STRING));
    return expectContent(value, derTag.OCTET_STRING).equals(keyIdentifier);
  });
};

const readSigner = (node: DerNode, certificates: readonly Uint8Array[]): SignerFacts => {
  const [, identifier, digestAlgorithm, ...rest] = expectChildren(node, derTag.SEQUENCE);
  const attributesNode = rest[0]?.tag === derTag.context(0) ? rest[0] : undefined;
  const [signatureAlgorithm, signature] = attributesNode ? rest.slice(1) : rest;
  const attributes = new Map<string, DerNode>();
  for (const attribute of attributesNode ? derChildren(attributesNode) : []) {
    const [type, values] = expectChildren(attribute, derTag.SEQUENCE);
    const oid = readObjectIdentifier(type);
    const all = expectChildren(values, derTag.SET);
    // RFC 5652, section 11: these attributes have one value and stand once.
    if (attributes.has(oid) || all.length !== 1 || !all[0]) throw new DerError('signed attribute');
    attributes.set(oid, all[0]);
  }
  return {
    certificate: findCertificate(identifier, certificates),
    digestOid: readObjectIdentifier(expectChildren(digestAlgorithm, derTag.SEQUENCE)[0]),
    signatureAlgorithm: readSignatureAlgorithm(signatureAlgorithm),
    signature: expectContent(signature, derTag.OCTET_STRING),
    signedAttributes: attributesNode && der(derTag.SET, attributesNode.content),
    attributes,
  };
};

/**
 * Reads a CMS SignedData (RFC 5652).
 * @throws Error when it is none
 */
export const readCms = (bytes: Uint8Array): CmsFacts => {
  const [type, content] = expectChildren(readDer(bytes), derTag.SEQUENCE);
  if (readObjectIdentifier(type) !== oids.signedData) throw new DerError('signedData expected');
  const fields = expectChildren(expectChildren(content, derTag.context(0))[0], derTag.SEQUENCE);
  const [, , encapsulated, ...rest] = fields;
  const certificatesNode = rest.find(({ tag }) => tag === derTag.context(0));
  const certificates = (certificatesNode ? derChildren(certificatesNode) : [])
    .filter(({ tag }) => tag === derTag.SEQUENCE)
    .map(({ raw }) => raw);
  const signers = expectChildren(rest.at(-1), derTag.SET);
  return {
    signers: signers.map((signer) => readSigner(signer, certificates)),
    certificates,
    hasContent: expectChildren(encapsulated, derTag.SEQUENCE).length > 1,
  };
};
