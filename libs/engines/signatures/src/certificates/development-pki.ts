import { createPrivateKey, generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { DomainError } from '#kernel';
import { createSigningKey } from '../keys/node-signing-key.js';
import type { SigningKey } from '../keys/signing-key.js';
import { sealPkcs12 } from '../keys/seal-pkcs12.js';
import { issueCertificate, type SubjectName } from './issue-certificate.js';
import { certificatesFromPem, certificateToPem } from './pem.js';

const generate = promisify(generateKeyPair);

export type DevelopmentKeyType = 'RSA-2048' | 'P-256';

export interface DevelopmentSubject {
  /** Name of the person or agency; ` (TEST)` is added. */
  readonly commonName: string;
  /** Name of the agency the person works for, or of the agency itself. */
  readonly organization: string;
  /** Identifier of the person or agency, kept in the subject's UID; never a personal number. */
  readonly userId: string;
}

/** A key pair with its certificate, made for tests and first starts. */
export interface IssuedKey {
  readonly signingKey: SigningKey;
  /** The same as a PKCS#12 file (AES-256, HMAC-SHA-256). */
  toPkcs12(password: string): Promise<Uint8Array>;
}

/** The two levels of the development PKI in PEM, private keys included: keep them like any secret. */
export interface DevelopmentPkiPem {
  /** Root, then issuing CA. */
  readonly certificates: string;
  /** PKCS#8 of the issuing CA; the root's key is thrown away. */
  readonly issuingKey: string;
}

const TEST = '(TEST)';
const DAY_MS = 24 * 60 * 60 * 1000;

const newKey = async (type: DevelopmentKeyType): Promise<{ publicKey: KeyObject; privateKey: KeyObject }> =>
  type === 'RSA-2048' ? generate('rsa', { modulusLength: 2048 }) : generate('ec', { namedCurve: 'P-256' });

/**
 * A root and an issuing CA for machines where no real certificates are. Every subject says TEST, so that nobody takes
 * such a signature for one of a public authority.
 */
export class DevelopmentPki {
  private constructor(
    /** DER; what checks are told to trust. */
    readonly rootCertificate: Uint8Array,
    readonly issuingCertificate: Uint8Array,
    private readonly issuingKey: KeyObject,
  ) {}

  /** @param options.now start of validity; @param options.label tells several PKIs apart */
  static async create(options: { readonly now: Date; readonly label?: string }): Promise<DevelopmentPki> {
    const label = options.label ?? 'Khoso';
    const subject = (commonName: string): SubjectName => ({
      country: 'VN',
      organization: `${label} development PKI ${TEST}`,
      commonName: `${commonName} ${TEST}`,
    });
    const notBefore = new Date(options.now.getTime() - DAY_MS);
    const root = await newKey('P-256');
    const rootSubject = subject(`${label} Root CA`);
    const rootCertificate = issueCertificate({
      subject: rootSubject,
      publicKey: root.publicKey,
      issuerKey: root.privateKey,
      notBefore,
      notAfter: new Date(notBefore.getTime() + 20 * 365 * DAY_MS),
      kind: { ca: true, pathLength: 1 },
    });
    const issuing = await newKey('P-256');
    const issuingCertificate = issueCertificate({
      subject: subject(`${label} Issuing CA`),
      publicKey: issuing.publicKey,
      issuer: { certificate: rootCertificate },
      issuerKey: root.privateKey,
      notBefore,
      notAfter: new Date(notBefore.getTime() + 10 * 365 * DAY_MS),
      kind: { ca: true, pathLength: 0 },
    });
    return new DevelopmentPki(rootCertificate, issuingCertificate, issuing.privateKey);
  }

  /** @throws DomainError `signing-key-mismatch` when the texts do not belong together */
  static fromPem(pem: DevelopmentPkiPem): DevelopmentPki {
    const [root, issuing] = certificatesFromPem(pem.certificates);
    if (!root || !issuing) throw new DomainError('signing-key-mismatch');
    const issuingKey = createPrivateKey(pem.issuingKey);
    createSigningKey({ privateKey: issuingKey, certificate: issuing });
    return new DevelopmentPki(root, issuing, issuingKey);
  }

  toPem(): DevelopmentPkiPem {
    return {
      certificates: certificateToPem(this.rootCertificate) + certificateToPem(this.issuingCertificate),
      issuingKey: this.issuingKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    };
  }

  /**
   * Issues the certificate of a person or an agency, valid for two years.
   * @param options.keyType RSA-2048 like the tokens in use, or P-256
   */
  async issue(
    subject: DevelopmentSubject,
    options: { readonly keyType: DevelopmentKeyType; readonly now: Date; readonly validDays?: number },
  ): Promise<IssuedKey> {
    const { publicKey, privateKey } = await newKey(options.keyType);
    const notBefore = new Date(options.now.getTime() - DAY_MS);
    const certificate = issueCertificate({
      subject: {
        country: 'VN',
        organization: subject.organization,
        commonName: `${subject.commonName} ${TEST}`,
        userId: subject.userId,
      },
      publicKey,
      issuer: { certificate: this.issuingCertificate },
      issuerKey: this.issuingKey,
      notBefore,
      notAfter: new Date(notBefore.getTime() + (options.validDays ?? 730) * DAY_MS),
      kind: { ca: false },
    });
    const chain = [this.issuingCertificate];
    return {
      signingKey: createSigningKey({ privateKey, certificate, chain }),
      toPkcs12: (password) => sealPkcs12({ privateKey, certificate, chain }, password),
    };
  }
}

/** A new development PKI; see {@link DevelopmentPki}. */
export const createDevelopmentPki = (options: {
  readonly now: Date;
  readonly label?: string;
}): Promise<DevelopmentPki> => DevelopmentPki.create(options);
