import type { DigestAlgorithm, SignatureScheme } from '../algorithms.js';

/** What is known of a key without using it: enough to prepare a signature and to size its place in the file. */
export interface SigningIdentity {
  /** The signer's certificate, DER. */
  readonly certificate: Uint8Array;
  /** Certificates of the issuers, DER, nearest first; the root may be left out. */
  readonly chain: readonly Uint8Array[];
  readonly scheme: SignatureScheme;
}

/** A key that signs, wherever it lives: a file, a token, an HSM, a remote service. */
export interface SigningKey extends SigningIdentity {
  /**
   * Signs the bytes (not their digest) with the key's scheme.
   * @returns RSA: the signature block; ECDSA: the DER SEQUENCE of r and s (RFC 5753)
   */
  sign(bytes: Uint8Array, digest: DigestAlgorithm): Promise<Uint8Array>;
}
