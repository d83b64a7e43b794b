import { RsaSaPssParams } from '@peculiar/asn1-rsa';
import { AsnConvert } from '@peculiar/asn1-schema';
import { AlgorithmIdentifier } from '@peculiar/asn1-x509';
import { type DigestAlgorithm, digests, type SignatureScheme } from '../algorithms.js';
import { oids } from '../asn1/oids.js';

const asnNull = new Uint8Array([5, 0]).buffer;

const encode = (value: unknown): Buffer => Buffer.from(AsnConvert.serialize(value));

/** Digest identifiers carry no parameters in CMS (RFC 5754, section 2). */
const digestAlgorithmIdentifier = (digest: DigestAlgorithm): AlgorithmIdentifier =>
  new AlgorithmIdentifier({ algorithm: digests[digest].oid });

/** AlgorithmIdentifier of a signature, for SignerInfo and for certificates (RFC 4055, RFC 5758). */
export const signatureAlgorithmIdentifier = (scheme: SignatureScheme, digest: DigestAlgorithm): AlgorithmIdentifier => {
  switch (scheme) {
    case 'RSA_PKCS1':
      return new AlgorithmIdentifier({ algorithm: digests[digest].withRsa, parameters: asnNull });
    case 'ECDSA':
      return new AlgorithmIdentifier({ algorithm: digests[digest].withEcdsa });
    case 'RSA_PSS': {
      const hashAlgorithm = new AlgorithmIdentifier({ algorithm: digests[digest].oid, parameters: asnNull });
      const maskGenAlgorithm = new AlgorithmIdentifier({
        algorithm: oids.mgf1,
        parameters: AsnConvert.serialize(hashAlgorithm),
      });
      const parameters = new RsaSaPssParams({ hashAlgorithm, maskGenAlgorithm, saltLength: digests[digest].bytes });
      return new AlgorithmIdentifier({ algorithm: oids.rsaPss, parameters: AsnConvert.serialize(parameters) });
    }
  }
};

const once = (build: () => Buffer): (() => Buffer) => {
  let built: Buffer | undefined;
  return () => (built ??= build());
};

const table = (scheme: SignatureScheme): Record<DigestAlgorithm, () => Buffer> => ({
  'SHA-256': once(() => encode(signatureAlgorithmIdentifier(scheme, 'SHA-256'))),
  'SHA-384': once(() => encode(signatureAlgorithmIdentifier(scheme, 'SHA-384'))),
  'SHA-512': once(() => encode(signatureAlgorithmIdentifier(scheme, 'SHA-512'))),
});

const encoded: Record<SignatureScheme, Record<DigestAlgorithm, () => Buffer>> = {
  RSA_PKCS1: table('RSA_PKCS1'),
  RSA_PSS: table('RSA_PSS'),
  ECDSA: table('ECDSA'),
};

export const encodedSignatureAlgorithm = (scheme: SignatureScheme, digest: DigestAlgorithm): Buffer =>
  encoded[scheme][digest]();

const encodedDigests: Record<DigestAlgorithm, () => Buffer> = {
  'SHA-256': once(() => encode(digestAlgorithmIdentifier('SHA-256'))),
  'SHA-384': once(() => encode(digestAlgorithmIdentifier('SHA-384'))),
  'SHA-512': once(() => encode(digestAlgorithmIdentifier('SHA-512'))),
};

export const encodedDigestAlgorithm = (digest: DigestAlgorithm): Buffer => encodedDigests[digest]();
