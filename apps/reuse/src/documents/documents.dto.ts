import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { DocumentLifeDto } from './document.dto.js';

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

export class IssuerDto {
  @ApiPropertyOptional({ example: 'H27.05.12' })
  code?: string;

  @ApiPropertyOptional({ example: 'UBND phường Thành Sen' })
  name?: string;
}

export class GrantedDocumentMetadataDto extends DocumentLifeDto {
  @ApiProperty({ example: 'TP-01' })
  componentId!: string;

  @ApiProperty({ example: 'Giấy khai sinh' })
  name!: string;

  @ApiProperty({ type: IssuerDto })
  issuer!: IssuerDto;

  @ApiPropertyOptional({ format: 'date' })
  validFrom?: string;

  @ApiPropertyOptional({ format: 'date' })
  validTo?: string;

  @ApiProperty()
  permanent!: boolean;

  @ApiPropertyOptional()
  scope?: string;

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
}
