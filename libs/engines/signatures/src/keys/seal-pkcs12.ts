import { createHash, createHmac, type KeyObject, randomBytes } from 'node:crypto';
import { CertBag, id_certBag, id_pkcs8ShroudedKeyBag, id_x509Certificate } from '@peculiar/asn1-pfx';
import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import { der, derInteger, derObjectIdentifier, derTag } from '../asn1/der.js';
import { oids } from '../asn1/oids.js';
import { encryptPbes2 } from './pbes2.js';
import { pkcs12MacKey } from './pkcs12-kdf.js';

const ITERATIONS = 20_000;
const localKeyId = '1.2.840.113549.1.9.21';

const sequence = (...parts: Uint8Array[]): Buffer => der(derTag.SEQUENCE, ...parts);
const octets = (content: Uint8Array): Buffer => der(derTag.OCTET_STRING, content);
const explicit = (content: Uint8Array): Buffer => der(derTag.context(0), content);
const sha256Identifier = sequence(derObjectIdentifier(oids.sha256), der(derTag.NULL));

/**
 * Writes a PKCS#12 file (RFC 7292): key and certificates encrypted with AES-256, PBKDF2-HMAC-SHA-256; HMAC-SHA-256.
 * @returns DER, which `openssl pkcs12` opens
 */
export const sealPkcs12 = async (
  content: {
    readonly privateKey: KeyObject;
    readonly certificate: Uint8Array;
    readonly chain: readonly Uint8Array[];
  },
  password: string,
): Promise<Uint8Array> => {
  const keyId = createHash('sha256').update(content.certificate).digest().subarray(0, 20);
  const sameKey = der(derTag.SET, sequence(derObjectIdentifier(localKeyId), der(derTag.SET, octets(keyId))));
  const certificateBag = (certificate: Uint8Array, attributes: readonly Buffer[]): Buffer => {
    // AsnConvert wants the value of certValue as it stands inside [0]: an OCTET STRING holding the certificate.
    const certValue = AsnConvert.serialize(new OctetString(certificate));
    const bag = Buffer.from(AsnConvert.serialize(new CertBag({ certId: id_x509Certificate, certValue })));
    return sequence(derObjectIdentifier(id_certBag), explicit(bag), ...attributes);
  };

  const key = await encryptPbes2(content.privateKey.export({ type: 'pkcs8', format: 'der' }), password, ITERATIONS);
  const keySafe = sequence(
    sequence(derObjectIdentifier(id_pkcs8ShroudedKeyBag), explicit(sequence(key.algorithm, octets(key.data))), sameKey),
  );
  const certificates = sequence(
    certificateBag(content.certificate, [sameKey]),
    ...content.chain.map((certificate) => certificateBag(certificate, [])),
  );
  const encrypted = await encryptPbes2(certificates, password, ITERATIONS);
  const encryptedContent = sequence(derObjectIdentifier(oids.data), encrypted.algorithm, der(0x80, encrypted.data));

  const authenticatedSafe = sequence(
    sequence(derObjectIdentifier(oids.encryptedData), explicit(sequence(derInteger(0), encryptedContent))),
    sequence(derObjectIdentifier(oids.data), explicit(octets(keySafe))),
  );
  const salt = randomBytes(16);
  const mac = createHmac('sha256', pkcs12MacKey('sha256', password, salt, ITERATIONS))
    .update(authenticatedSafe)
    .digest();
  return sequence(
    derInteger(3),
    sequence(derObjectIdentifier(oids.data), explicit(octets(authenticatedSafe))),
    sequence(sequence(sha256Identifier, octets(mac)), octets(salt), derInteger(ITERATIONS)),
  );
};
