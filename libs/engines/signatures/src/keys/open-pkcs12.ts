import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  timingSafeEqual,
  X509Certificate,
} from 'node:crypto';
import {
  CertBag,
  id_certBag,
  id_keyBag,
  id_pkcs8ShroudedKeyBag,
  id_x509Certificate,
  MacData,
  SafeContents,
} from '@peculiar/asn1-pfx';
import { EncryptedPrivateKeyInfo } from '@peculiar/asn1-pkcs8';
import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import { DomainError } from '#kernel';
import { derTag, expectChildren, expectContent, readDer, readObjectIdentifier } from '../asn1/der.js';
import { oids } from '../asn1/oids.js';
import { decryptLegacyPbe, legacyPbeOids } from './legacy-pbe.js';
import { createSigningKey } from './node-signing-key.js';
import { algorithmOf, decryptPbes2, MAX_ITERATIONS, pbes2Oid } from './pbes2.js';
import { pkcs12MacKey } from './pkcs12-kdf.js';
import type { SigningKey } from './signing-key.js';

const macHashes: Readonly<Record<string, string>> = {
  [oids.sha1]: 'sha1',
  [oids.sha256]: 'sha256',
  [oids.sha384]: 'sha384',
  [oids.sha512]: 'sha512',
};

const MAX_FILE_BYTES = 1024 * 1024;

const unsupported = (algorithm: string): DomainError => new DomainError('pkcs12-algorithm-unsupported', { algorithm });

/** Whatever the structure readers throw means one thing to the caller: this is not such a file. */
const asFormatFault = (cause: unknown): unknown =>
  cause instanceof DomainError ? cause : new DomainError('pkcs12-format-invalid', {}, { cause });

/**
 * Opens a PKCS#12 file (RFC 7292) and makes its key ready to sign. Files of today (PBES2 with AES, SHA-2) and of before
 * (3DES, RC2, SHA-1).
 * @throws DomainError `pkcs12-format-invalid`, `pkcs12-password-wrong`, `pkcs12-algorithm-unsupported`,
 *   `pkcs12-no-key`, `signing-algorithm-refused`
 */
export const openPkcs12 = async (
  bytes: Uint8Array,
  password: string,
  options: { /** RSASSA-PSS instead of PKCS#1 v1.5. */ readonly pss?: boolean } = {},
): Promise<SigningKey> => {
  try {
    const { keys, certificates } = await openBags(bytes, password);
    return chooseKey(keys, certificates, options.pss);
  } catch (error) {
    throw asFormatFault(error);
  }
};

interface Opened {
  readonly keys: KeyObject[];
  readonly certificates: Uint8Array[];
}

const openBags = async (bytes: Uint8Array, password: string): Promise<Opened> => {
  if (bytes.length > MAX_FILE_BYTES) throw new DomainError('pkcs12-format-invalid');
  const [, authSafe, macData] = expectChildren(readDer(bytes), derTag.SEQUENCE);
  const [safeType, safeContent] = expectChildren(authSafe, derTag.SEQUENCE);
  if (readObjectIdentifier(safeType) !== oids.data) throw unsupported(readObjectIdentifier(safeType));
  const [safeOctets] = expectChildren(safeContent, derTag.context(0));
  const safe = expectContent(safeOctets, derTag.OCTET_STRING);
  if (macData) verifyMac(macData.raw, safe, password);

  const opened: Opened = { keys: [], certificates: [] };
  for (const info of expectChildren(readDer(safe), derTag.SEQUENCE)) {
    const [type, content] = expectChildren(info, derTag.SEQUENCE);
    const [value] = expectChildren(content, derTag.context(0));
    if (readObjectIdentifier(type) === oids.data) {
      await readBags(expectContent(value, derTag.OCTET_STRING), password, opened);
    } else if (readObjectIdentifier(type) === oids.encryptedData) {
      const [, encrypted] = expectChildren(value, derTag.SEQUENCE);
      const [, algorithm, data] = expectChildren(encrypted, derTag.SEQUENCE);
      if (!algorithm || !data) throw new DomainError('pkcs12-format-invalid');
      // encryptedContent is [0] IMPLICIT OCTET STRING, in pieces where the file is BER.
      const cipherText =
        data.tag === 0x80
          ? data.content
          : Buffer.concat(expectChildren(data, derTag.context(0)).map((part) => part.content));
      await readBags(await decrypt(algorithm.raw, cipherText, password), password, opened);
    } else throw unsupported(readObjectIdentifier(type));
  }
  return opened;
};

const verifyMac = (encoded: Uint8Array, safe: Uint8Array, password: string): void => {
  const { mac, macSalt, iterations } = AsnConvert.parse(encoded, MacData);
  const hash = macHashes[mac.digestAlgorithm.algorithm];
  if (!hash) throw unsupported(mac.digestAlgorithm.algorithm);
  if (iterations < 1 || iterations > MAX_ITERATIONS) throw unsupported(`iterations ${iterations}`);
  const key = pkcs12MacKey(hash, password, Buffer.from(macSalt.buffer), iterations);
  const expected = Buffer.from(mac.digest.buffer);
  const actual = createHmac(hash, key).update(safe).digest();
  if (expected.length !== actual.length || !timingSafeEqual(expected, actual)) {
    throw new DomainError('pkcs12-password-wrong');
  }
};

const decrypt = async (algorithm: Uint8Array, data: Uint8Array, password: string): Promise<Buffer> => {
  const { oid, parameters } = algorithmOf(algorithm);
  if (oid === pbes2Oid && parameters) return decryptPbes2(parameters, password, data);
  if (legacyPbeOids.has(oid) && parameters) return decryptLegacyPbe(oid, parameters.raw, password, data);
  throw unsupported(oid);
};

const readBags = async (encoded: Uint8Array, password: string, opened: Opened): Promise<void> => {
  for (const bag of AsnConvert.parse(encoded, SafeContents)) {
    if (bag.bagId === id_certBag) {
      const { certId, certValue } = AsnConvert.parse(bag.bagValue, CertBag);
      if (certId !== id_x509Certificate) continue;
      opened.certificates.push(Buffer.from(AsnConvert.parse(certValue, OctetString).buffer));
    } else if (bag.bagId === id_pkcs8ShroudedKeyBag) {
      const { encryptionAlgorithm, encryptedData } = AsnConvert.parse(bag.bagValue, EncryptedPrivateKeyInfo);
      const algorithm = Buffer.from(AsnConvert.serialize(encryptionAlgorithm));
      opened.keys.push(readKey(await decrypt(algorithm, Buffer.from(encryptedData.buffer), password)));
    } else if (bag.bagId === id_keyBag) opened.keys.push(readKey(Buffer.from(bag.bagValue)));
  }
};

const readKey = (pkcs8: Buffer): KeyObject => {
  // Block padding may come out right by chance under a wrong password; the inner structure then does not.
  try {
    return createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
  } catch (cause) {
    throw new DomainError('pkcs12-password-wrong', {}, { cause });
  }
};

const chooseKey = (keys: readonly KeyObject[], certificates: readonly Uint8Array[], pss?: boolean): SigningKey => {
  for (const privateKey of keys) {
    const publicKey = createPublicKey(privateKey);
    const certificate = certificates.find((der) => new X509Certificate(der).publicKey.equals(publicKey));
    if (certificate)
      return createSigningKey({ privateKey, certificate, chain: chainOf(certificate, certificates), pss });
  }
  throw new DomainError('pkcs12-no-key');
};

/** The issuers among the file's certificates, nearest first. */
const chainOf = (certificate: Uint8Array, others: readonly Uint8Array[]): Uint8Array[] => {
  const chain: Uint8Array[] = [];
  let current = new X509Certificate(certificate);
  while (chain.length < others.length) {
    const issuer = others.find(
      (der) => der !== certificate && !chain.includes(der) && current.checkIssued(new X509Certificate(der)),
    );
    if (!issuer) break;
    chain.push(issuer);
    current = new X509Certificate(issuer);
  }
  return chain;
};
