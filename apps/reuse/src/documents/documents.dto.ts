import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

export class VersionDto {
  @ApiProperty({ example: 1 })
  number!: number;

  @ApiProperty({ description: 'SHA-256, hexadecimal' })
  sha256!: string;

  @ApiProperty({ example: 183204 })
  bytes!: number;

  @ApiProperty({ example: 2 })
  pages!: number;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
}

export class SignerDto {
  @ApiProperty({ example: 'Lê Thị Hoa' })
  name!: string;

  @ApiProperty({ enum: ['person', 'agency'] })
  role!: string;

  @ApiPropertyOptional({ format: 'date-time' })
  signedAt?: string;
}

export class SignatureDto {
  @ApiProperty({ enum: ['VALID', 'INVALID', 'INDETERMINATE', 'WEAK_ALGORITHM', 'UNSIGNED'] })
  verdict!: string;

  @ApiProperty({ format: 'date-time', description: 'The stored verdict is of this moment' })
  checkedAt!: string;

  @ApiProperty({ type: [SignerDto] })
  signers!: SignerDto[];
}

export class RevocationDto {
  @ApiProperty({ example: 'H27.05.12' })
  decidingAgencyCode!: string;

  @ApiProperty({ example: '12/QĐ-UBND' })
  decisionNumber!: string;

  @ApiProperty({ format: 'date' })
  decisionDate!: string;

  @ApiProperty()
  reason!: string;

  @ApiProperty({ format: 'date-time' })
  effectiveAt!: string;
}

export class IssuerDto {
  @ApiPropertyOptional({ example: 'H27.05.12' })
  code?: string;

  @ApiPropertyOptional({ example: 'UBND phường Thành Sen' })
  name?: string;
}

export class GrantedDocumentMetadataDto {
  @ApiProperty({ format: 'uuid' })
  documentId!: string;

  @ApiProperty({ example: 'TP-01' })
  componentId!: string;

  @ApiPropertyOptional({ example: '042*****0123.KQ.G15.000031.12/KS.01', description: 'Owner part masked' })
  code?: string;

  @ApiProperty({ example: 'KQ.G15.000031' })
  typeCode!: string;

  @ApiProperty({ example: 'Giấy khai sinh' })
  name!: string;

  @ApiPropertyOptional({ example: '12' })
  number?: string;

  @ApiPropertyOptional({ example: 'KS' })
  symbol?: string;

  @ApiProperty({ type: IssuerDto })
  issuer!: IssuerDto;

  @ApiPropertyOptional({ format: 'date' })
  issuedOn?: string;

  @ApiPropertyOptional({ format: 'date' })
  validFrom?: string;

  @ApiPropertyOptional({ format: 'date' })
  validTo?: string;

  @ApiProperty()
  permanent!: boolean;

  @ApiPropertyOptional()
  scope?: string;

  @ApiProperty({ example: 'ACTIVE', description: 'Now; EXPIRED follows from the dates' })
  state!: string;

  @ApiProperty({ example: 1, description: 'The version granted' })
  version!: number;

  @ApiProperty({ description: 'Of the version granted' })
  sha256!: string;

  @ApiProperty()
  bytes!: number;

  @ApiProperty({ example: 'application/pdf' })
  mediaType!: string;

  @ApiProperty({ type: [VersionDto], description: 'Oldest first' })
  versions!: VersionDto[];

  @ApiProperty({ type: SignatureDto, description: 'Of the version granted' })
  signature!: SignatureDto;

  @ApiPropertyOptional({ format: 'uuid' })
  replaces?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  replacedBy?: string;

  @ApiPropertyOptional({ type: RevocationDto })
  revocation?: RevocationDto;
}
