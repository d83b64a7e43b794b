import { createCipheriv, createDecipheriv, pbkdf2, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { DomainError } from '#kernel';
import {
  der,
  type DerNode,
  derInteger,
  derObjectIdentifier,
  derTag,
  expectChildren,
  expectContent,
  readDer,
  readObjectIdentifier,
} from '../asn1/der.js';

const derive = promisify(pbkdf2);

/** Password-based encryption of RFC 8018: PBES2 with PBKDF2 and AES in CBC mode. */
export const pbes2Oid = '1.2.840.113549.1.5.13';
const pbkdf2Oid = '1.2.840.113549.1.5.12';

const pseudoRandom: Readonly<Record<string, string>> = {
  '1.2.840.113549.2.7': 'sha1',
  '1.2.840.113549.2.9': 'sha256',
  '1.2.840.113549.2.10': 'sha384',
  '1.2.840.113549.2.11': 'sha512',
};
const ciphers: Readonly<Record<string, { readonly name: string; readonly keyBytes: number }>> = {
  '2.16.840.1.101.3.4.1.2': { name: 'aes-128-cbc', keyBytes: 16 },
  '2.16.840.1.101.3.4.1.22': { name: 'aes-192-cbc', keyBytes: 24 },
  '2.16.840.1.101.3.4.1.42': { name: 'aes-256-cbc', keyBytes: 32 },
};
const hmacSha256 = '1.2.840.113549.2.9';
const aes256 = '2.16.840.1.101.3.4.1.42';

/** A hostile file must not buy hours of hashing. */
export const MAX_ITERATIONS = 5_000_000;

const unsupported = (algorithm: string): DomainError => new DomainError('pkcs12-algorithm-unsupported', { algorithm });

const readIterations = (node: DerNode | undefined): number => {
  const content = expectContent(node, derTag.INTEGER);
  const value = content.length > 0 && content.length <= 5 ? content.readUIntBE(0, content.length) : Infinity;
  if (value < 1 || value > MAX_ITERATIONS) throw unsupported(`iterations ${value}`);
  return value;
};

/**
 * @param parameters PBES2-params, DER
 * @throws DomainError `pkcs12-password-wrong`, `pkcs12-algorithm-unsupported`
 */
export const decryptPbes2 = async (parameters: DerNode, password: string, data: Uint8Array): Promise<Buffer> => {
  const [derivation, scheme] = expectChildren(parameters, derTag.SEQUENCE);
  const [derivationOid, derivationParameters] = expectChildren(derivation, derTag.SEQUENCE);
  if (readObjectIdentifier(derivationOid) !== pbkdf2Oid) throw unsupported(readObjectIdentifier(derivationOid));
  const [salt, iterations, ...optional] = expectChildren(derivationParameters, derTag.SEQUENCE);
  const prf = optional.find(({ tag }) => tag === derTag.SEQUENCE);
  const prfOid = prf ? readObjectIdentifier(expectChildren(prf, derTag.SEQUENCE)[0]) : '1.2.840.113549.2.7';
  const hash = pseudoRandom[prfOid];
  const [cipherOid, iv] = expectChildren(scheme, derTag.SEQUENCE);
  const cipher = ciphers[readObjectIdentifier(cipherOid)];
  if (!hash) throw unsupported(prfOid);
  if (!cipher) throw unsupported(readObjectIdentifier(cipherOid));
  const key = await derive(
    Buffer.from(password, 'utf8'),
    expectContent(salt, derTag.OCTET_STRING),
    readIterations(iterations),
    cipher.keyBytes,
    hash,
  );
  const decipher = createDecipheriv(cipher.name, key, expectContent(iv, derTag.OCTET_STRING));
  try {
    return Buffer.concat([decipher.update(data), decipher.final()]);
  } catch (cause) {
    throw new DomainError('pkcs12-password-wrong', {}, { cause });
  }
};

/** Encrypts with AES-256 and PBKDF2-HMAC-SHA-256. `algorithm` is the AlgorithmIdentifier to write beside the data. */
export const encryptPbes2 = async (
  data: Uint8Array,
  password: string,
  iterations: number,
): Promise<{ algorithm: Buffer; data: Buffer }> => {
  const salt = randomBytes(16);
  const iv = randomBytes(16);
  const key = await derive(Buffer.from(password, 'utf8'), salt, iterations, 32, 'sha256');
  const cipher = createCipheriv('aes-256-cbc', key, iv);
  const sequence = (...parts: Buffer[]): Buffer => der(derTag.SEQUENCE, ...parts);
  const prf = sequence(derObjectIdentifier(hmacSha256), der(derTag.NULL));
  const derivation = sequence(
    derObjectIdentifier(pbkdf2Oid),
    sequence(der(derTag.OCTET_STRING, salt), derInteger(iterations), prf),
  );
  const scheme = sequence(derObjectIdentifier(aes256), der(derTag.OCTET_STRING, iv));
  return {
    algorithm: sequence(derObjectIdentifier(pbes2Oid), sequence(derivation, scheme)),
    data: Buffer.concat([cipher.update(data), cipher.final()]),
  };
};

/** Parameters of an AlgorithmIdentifier given as encoded bytes. */
export const algorithmOf = (encoded: Uint8Array): { oid: string; parameters: DerNode | undefined } => {
  const [oid, parameters] = expectChildren(readDer(encoded), derTag.SEQUENCE);
  return { oid: readObjectIdentifier(oid), parameters };
};
