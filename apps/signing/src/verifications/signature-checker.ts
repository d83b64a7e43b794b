import { Injectable } from '@nestjs/common';
import { Clock, DomainError } from '#kernel';
import type { SignatureVerdict } from '#domain/records';
import { checkSignatures, type SignatureCheck, type SignatureCheckReport } from '#engines/signatures';
import { TrustAnchors } from './trust-anchors.js';

/** What tells one certificate from every other below the trusted roots (RFC 5280 s. 4.1.2.2). */
export interface CertificateReference {
  readonly issuer: string;
  /** Hexadecimal. */
  readonly serialNumber: string;
}

/** The engine's check with this installation's roots and time. */
@Injectable()
export class SignatureChecker {
  constructor(
    private readonly anchors: TrustAnchors,
    private readonly clock: Clock,
  ) {}

  /** Never fails on the bytes, whatever they are: the answer is a report. */
  async check(pdf: Uint8Array): Promise<SignatureCheckReport> {
    return checkSignatures(pdf, { trustAnchors: await this.anchors.all(), at: this.clock.now() });
  }

  /** The verdict on a file as records keep it. */
  async verdict(pdf: Uint8Array): Promise<SignatureVerdict['verdict']> {
    const { verdict, signatures, reasons } = await this.check(pdf);
    if (verdict !== 'INDETERMINATE') return verdict;
    if (reasons.some(({ key }) => key === 'no-signature')) return 'UNSIGNED';
    // FR-57: weak alone is told apart from what could not be decided for another reason.
    const open = signatures
      .flatMap(({ checks }) => Object.values(checks))
      .filter(({ status }) => status === 'INDETERMINATE');
    const weak = open.length > 0 && open.every(({ reason }) => reason?.key === 'algorithm-weak');
    return weak ? 'WEAK_ALGORITHM' : 'INDETERMINATE';
  }

  /**
   * Decree 30/2020 Art. 32: the agency seals only what the authorised person has signed.
   * @throws DomainError `authorised-signature-required` unless an intact signature by exactly this certificate covers all bytes
   */
  async assertSignedBy(pdf: Uint8Array, certificate: CertificateReference): Promise<void> {
    const { verdict, signatures } = await this.check(pdf);
    const signed = signatures.some(
      (signature) =>
        isIntact(signature) &&
        signature.serial === certificate.serialNumber &&
        signature.issuer?.text === certificate.issuer,
    );
    if (verdict === 'INVALID' || !signed) throw new DomainError('authorised-signature-required');
  }

  /**
   * What was just signed must stand up to the check it will meet elsewhere, or it is not kept.
   * @throws DomainError `signing-certificate-untrusted`, `signature-not-sound`
   */
  async assertSound(pdf: Uint8Array): Promise<void> {
    const { signatures } = await this.check(pdf);
    const last = signatures.find(({ coverage }) => coverage.wholeFile);
    if (last && isIntact(last) && last.checks.path.status !== 'PASSED') {
      throw new DomainError('signing-certificate-untrusted', { issuer: last.issuer?.commonName ?? '?' });
    }
    if (last?.verdict !== 'VALID') {
      throw new DomainError('signature-not-sound', { reasons: last?.reasons.map(({ key }) => key) ?? [] });
    }
  }
}

const isIntact = ({ checks }: SignatureCheck): boolean =>
  [checks.byteRange, checks.structure, checks.digest, checks.signatureValue, checks.signingCertificate].every(
    ({ status }) => status === 'PASSED',
  );
