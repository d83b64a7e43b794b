import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  type CertificateName,
  type CheckName,
  type CheckOutcome,
  type CheckReason,
  type CheckStatus,
  type CheckVerdict,
  type SignatureCheck,
  type SignatureCheckReport,
} from '#engines/signatures';
import { checkTexts, statusTexts, verdictTexts } from './check-texts.js';

const verdicts = ['VALID', 'INVALID', 'INDETERMINATE'] as const satisfies CheckVerdict[];
const statuses = ['PASSED', 'FAILED', 'INDETERMINATE', 'NOT_CHECKED'] as const satisfies CheckStatus[];
const checkNames = Object.keys(checkTexts) as CheckName[];

export class TextDto {
  @ApiProperty() vi!: string;
  @ApiProperty() en!: string;
}

export class ReasonDto extends TextDto {
  @ApiProperty({ example: 'digest-mismatch', description: 'Stable; texts may be reworded' }) key!: string;
}

export class SingleCheckDto {
  @ApiProperty({ enum: checkNames }) check!: CheckName;
  @ApiProperty({ type: TextDto }) question!: TextDto;
  @ApiProperty({ enum: statuses, description: 'NOT_CHECKED is said of whatever was not looked at' })
  status!: CheckStatus;
  @ApiProperty({ type: TextDto }) answer!: TextDto;
  @ApiPropertyOptional({ type: ReasonDto }) reason?: ReasonDto;

  static of(check: CheckName, { status, reason }: CheckOutcome): SingleCheckDto {
    return { check, question: checkTexts[check], status, answer: statusTexts[status], reason };
  }
}

export class CertificateNameDto {
  @ApiPropertyOptional() commonName?: string;
  @ApiPropertyOptional() organization?: string;

  /** Only these two: the other parts of a subject may hold a personal number. */
  static of({ commonName, organization }: CertificateName): CertificateNameDto {
    return { commonName, organization };
  }
}

export class CoverageDto {
  @ApiProperty({ description: 'Whether every byte of the file is signed by this signature' }) wholeFile!: boolean;
  @ApiProperty({ description: 'Revisions of the file after the one this signature covers' }) laterRevisions!: number;
}

export class SignatureReportDto {
  @ApiProperty({ example: 'Signature1' }) field!: string;
  @ApiProperty({ enum: ['SIGNATURE', 'DOCUMENT_TIMESTAMP'] }) kind!: 'SIGNATURE' | 'DOCUMENT_TIMESTAMP';
  @ApiProperty({ enum: verdicts }) verdict!: CheckVerdict;
  @ApiProperty({ type: TextDto }) conclusion!: TextDto;
  @ApiProperty({ type: [ReasonDto] }) reasons!: ReasonDto[];
  @ApiPropertyOptional({ type: CertificateNameDto }) signer?: CertificateNameDto;
  @ApiPropertyOptional({ type: CertificateNameDto }) issuer?: CertificateNameDto;
  @ApiPropertyOptional({ description: 'Of the signer’s certificate, hexadecimal' }) serial?: string;
  @ApiPropertyOptional() certificateNotBefore?: string;
  @ApiPropertyOptional() certificateNotAfter?: string;
  @ApiPropertyOptional({ description: 'As the signer’s machine wrote it' }) signingTime?: string;
  @ApiPropertyOptional({ enum: ['CLAIMED'], description: 'CLAIMED: no time stamp proves it' })
  signingTimeSource?: 'CLAIMED';
  @ApiPropertyOptional({ example: 'SHA-256' }) digestAlgorithm?: string;
  @ApiPropertyOptional({ example: 'ECDSA' }) signatureAlgorithm?: string;
  @ApiProperty({ type: CoverageDto }) coverage!: CoverageDto;
  @ApiProperty({ type: [SingleCheckDto] }) checks!: SingleCheckDto[];

  static of(signature: SignatureCheck): SignatureReportDto {
    return {
      field: signature.field,
      kind: signature.kind,
      verdict: signature.verdict,
      conclusion: verdictTexts[signature.verdict],
      reasons: signature.reasons.map(copyOf),
      signer: signature.signer && CertificateNameDto.of(signature.signer),
      issuer: signature.issuer && CertificateNameDto.of(signature.issuer),
      serial: signature.serial,
      certificateNotBefore: signature.certificateNotBefore?.toISOString(),
      certificateNotAfter: signature.certificateNotAfter?.toISOString(),
      signingTime: signature.claimedTime?.toISOString(),
      signingTimeSource: signature.claimedTime && 'CLAIMED',
      digestAlgorithm: signature.digestAlgorithm,
      signatureAlgorithm: signature.signatureAlgorithm,
      coverage: signature.coverage,
      checks: checkNames.map((name) => SingleCheckDto.of(name, signature.checks[name])),
    };
  }
}

/** FR-54, as far as this check goes. */
export class VerificationReportDto {
  @ApiProperty({ description: 'SHA-256 of the file that was checked' }) sha256!: string;
  @ApiProperty({ enum: verdicts }) verdict!: CheckVerdict;
  @ApiProperty({ type: TextDto }) conclusion!: TextDto;
  @ApiProperty({ type: [ReasonDto] }) reasons!: ReasonDto[];
  @ApiProperty({ type: [SignatureReportDto] }) signatures!: SignatureReportDto[];
  @ApiProperty() checkedAt!: string;

  static of(sha256: string, report: SignatureCheckReport): VerificationReportDto {
    return {
      sha256,
      verdict: report.verdict,
      conclusion: verdictTexts[report.verdict],
      reasons: report.reasons.map(copyOf),
      signatures: report.signatures.map((signature) => SignatureReportDto.of(signature)),
      checkedAt: report.checkedAt.toISOString(),
    };
  }
}

const copyOf = ({ key, vi, en }: CheckReason): ReasonDto => ({ key, vi, en });
