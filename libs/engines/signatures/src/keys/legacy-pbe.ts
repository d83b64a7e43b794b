import forge from 'node-forge';
import { DomainError } from '#kernel';

/** Password encryption of old PKCS#12 files (RFC 7292, appendix C): 3DES and RC2 with SHA-1. */
export const legacyPbeOids: ReadonlySet<string> = new Set([
  '1.2.840.113549.1.12.1.3',
  '1.2.840.113549.1.12.1.5',
  '1.2.840.113549.1.12.1.6',
]);

/** The part of forge that its type declarations leave out. */
interface ForgePbe {
  readonly pbe: {
    getCipher(
      oid: string,
      parameters: forge.asn1.Asn1,
      password: string,
    ): { update(input: forge.util.ByteStringBuffer): void; finish(): boolean; output: forge.util.ByteStringBuffer };
  };
}

/**
 * Decrypts with node-forge: OpenSSL no longer offers RC2, and nothing but old key files needs either cipher.
 * @param parameters DER of pkcs-12PbeParams
 * @throws DomainError `pkcs12-password-wrong`
 */
export const decryptLegacyPbe = (oid: string, parameters: Uint8Array, password: string, data: Uint8Array): Buffer => {
  const binary = (bytes: Uint8Array): forge.util.ByteStringBuffer =>
    forge.util.createBuffer(Buffer.from(bytes).toString('binary'));
  const { pbe } = forge.pki as unknown as ForgePbe;
  const cipher = pbe.getCipher(oid, forge.asn1.fromDer(binary(parameters)), password);
  cipher.update(binary(data));
  if (!cipher.finish()) throw new DomainError('pkcs12-password-wrong');
  return Buffer.from(cipher.output.getBytes(), 'binary');
};
