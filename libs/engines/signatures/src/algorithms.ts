import { oids } from './asn1/oids.js';

/** Digests that may be signed with (annex of Circular 15/2025). */
export type DigestAlgorithm = 'SHA-256' | 'SHA-384' | 'SHA-512';

/** Signature schemes that may be signed with: RSA of 2048 bits or more, ECDSA on P-256 or P-384. */
export type SignatureScheme = 'RSA_PKCS1' | 'RSA_PSS' | 'ECDSA';

interface DigestDefinition {
  readonly oid: string;
  readonly nodeName: 'sha256' | 'sha384' | 'sha512';
  readonly bytes: number;
  readonly withRsa: string;
  readonly withEcdsa: string;
}

export const digests: Readonly<Record<DigestAlgorithm, DigestDefinition>> = {
  'SHA-256': {
    oid: oids.sha256,
    nodeName: 'sha256',
    bytes: 32,
    withRsa: oids.sha256WithRsa,
    withEcdsa: oids.ecdsaWithSha256,
  },
  'SHA-384': {
    oid: oids.sha384,
    nodeName: 'sha384',
    bytes: 48,
    withRsa: oids.sha384WithRsa,
    withEcdsa: oids.ecdsaWithSha384,
  },
  'SHA-512': {
    oid: oids.sha512,
    nodeName: 'sha512',
    bytes: 64,
    withRsa: oids.sha512WithRsa,
    withEcdsa: oids.ecdsaWithSha512,
  },
};

export const digestByOid = (oid: string): DigestAlgorithm | undefined =>
  (Object.keys(digests) as DigestAlgorithm[]).find((name) => digests[name].oid === oid);

export const MINIMUM_RSA_BITS = 2048;
export const permittedCurves: readonly string[] = ['prime256v1', 'secp384r1'];
