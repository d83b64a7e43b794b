import { constants, createPublicKey, type KeyObject, sign, X509Certificate } from 'node:crypto';
import { DomainError } from '#kernel';
import { digests, MINIMUM_RSA_BITS, permittedCurves, type SignatureScheme } from '../algorithms.js';
import type { SigningKey } from './signing-key.js';

/**
 * The scheme a key signs with, refusing what may not sign (FR-48).
 * @throws DomainError `signing-algorithm-refused`
 */
export const schemeOf = (key: KeyObject, preferPss = false): SignatureScheme => {
  const details = key.asymmetricKeyDetails ?? {};
  const refuse = (algorithm: string): DomainError => new DomainError('signing-algorithm-refused', { algorithm });
  switch (key.asymmetricKeyType) {
    case 'rsa':
    case 'rsa-pss':
      if ((details.modulusLength ?? 0) < MINIMUM_RSA_BITS) throw refuse(`RSA ${details.modulusLength ?? '?'}`);
      return preferPss || key.asymmetricKeyType === 'rsa-pss' ? 'RSA_PSS' : 'RSA_PKCS1';
    case 'ec':
      if (!permittedCurves.includes(details.namedCurve ?? '')) throw refuse(`EC ${details.namedCurve ?? '?'}`);
      return 'ECDSA';
    default:
      throw refuse(key.asymmetricKeyType ?? '?');
  }
};

/** What `crypto.sign` and `crypto.verify` need beside the key. */
export const nodeKeyInput = (
  key: KeyObject,
  scheme: SignatureScheme,
  saltLength?: number,
): { key: KeyObject; padding?: number; saltLength?: number; dsaEncoding?: 'der' } => {
  switch (scheme) {
    case 'RSA_PKCS1':
      return { key, padding: constants.RSA_PKCS1_PADDING };
    case 'RSA_PSS':
      return { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength };
    case 'ECDSA':
      return { key, dsaEncoding: 'der' };
  }
};

/**
 * A signing key held in this process.
 * @throws DomainError `signing-algorithm-refused`, `signing-key-mismatch`
 */
export const createSigningKey = (input: {
  readonly privateKey: KeyObject;
  readonly certificate: Uint8Array;
  readonly chain?: readonly Uint8Array[];
  /** RSASSA-PSS instead of PKCS#1 v1.5 for an RSA key. */
  readonly pss?: boolean;
}): SigningKey => {
  const scheme = schemeOf(input.privateKey, input.pss);
  const certified = new X509Certificate(input.certificate).publicKey;
  if (!certified.equals(createPublicKey(input.privateKey))) throw new DomainError('signing-key-mismatch');
  return {
    certificate: input.certificate,
    chain: input.chain ?? [],
    scheme,
    sign: (bytes, digest) => {
      const { nodeName, bytes: saltLength } = digests[digest];
      return Promise.resolve(sign(nodeName, bytes, nodeKeyInput(input.privateKey, scheme, saltLength)));
    },
  };
};
