import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  IsArray,
  IsInt,
  IsOptional,
  IsString,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { CaseRequestDto } from '../calling/calling-context.dto.js';
import { defaultMaxReads } from './grant.js';

export class GrantRequestDto extends CaseRequestDto {
  @ApiProperty({
    type: [String],
    example: ['dr_8Zk0…'],
    description: 'From an availability answer of the last 30 minutes',
  })
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(50)
  @IsString({ each: true })
  @MaxLength(1000, { each: true })
  documentRefs!: string[];

  @ApiPropertyOptional({
    type: 'integer',
    example: 30,
    description: 'Days; default and cap: GRANT_MAX_DAYS. Ends with the dossier anyway',
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(3650)
  ttlDays?: number;

  @ApiPropertyOptional({
    type: 'integer',
    example: defaultMaxReads,
    default: defaultMaxReads,
    description: 'Answers with bytes, over all documents',
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(500)
  maxReads?: number;
}

export class RevokeGrantDto {
  @ApiPropertyOptional({ example: 'Rút lại sự đồng ý' })
  @IsOptional()
  @IsString()
  @MaxLength(500)
  reason?: string;
}

export class GrantSubjectDto {
  @ApiProperty({ enum: ['person', 'business'] })
  kind!: string;

  @ApiProperty({ example: '042*****0123' })
  maskedIdentifier!: string;
}

export class GrantDocumentDto {
  @ApiProperty({ format: 'uuid' })
  documentId!: string;

  @ApiProperty({ example: 'TP-01' })
  componentId!: string;

  @ApiProperty({ example: 'KQ.G15.000031' })
  typeCode!: string;

  @ApiProperty({ example: 'Giấy khai sinh' })
  name!: string;

  @ApiPropertyOptional({ example: '042*****0123.KQ.G15.000031.12/KS.01', description: 'Owner part masked' })
  code?: string;

  @ApiProperty({ example: 'ACTIVE', description: 'Now' })
  state!: string;

  @ApiProperty({ enum: ['REUSABLE', 'REUSABLE_WITH_CHECK'], description: 'When it was granted' })
  decision!: string;

  @ApiProperty({ type: [String], description: 'What has to be checked' })
  reasons!: readonly string[];

  @ApiProperty({ example: 1, description: 'The version granted; its bytes never change' })
  version!: number;

  @ApiProperty({ example: '9f2c…', description: 'SHA-256 of that version, hexadecimal' })
  sha256!: string;

  @ApiProperty({ example: 183204 })
  bytes!: number;

  @ApiPropertyOptional({ format: 'uuid' })
  replacedBy?: string;
}

export class GrantDto {
  @ApiProperty({ format: 'uuid' })
  grantId!: string;

  @ApiProperty({ enum: ['ACTIVE', 'EXHAUSTED', 'EXPIRED', 'RELEASED', 'REVOKED', 'DOSSIER_CLOSED'] })
  status!: string;

  @ApiProperty({ example: 'H27.05.12-261123-0001' })
  dossierCode!: string;

  @ApiProperty({ example: '1.001193' })
  procedureCode!: string;

  @ApiProperty({ example: 'TTHC_INTAKE' })
  purposeCode!: string;

  @ApiProperty({ type: GrantSubjectDto })
  subject!: GrantSubjectDto;

  @ApiProperty({ type: [GrantDocumentDto] })
  documents!: GrantDocumentDto[];

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time' })
  expiresAt!: string;

  @ApiProperty({ example: 20 })
  maxReads!: number;

  @ApiProperty({ example: 20 })
  readsLeft!: number;
}

export class JudgementDto {
  @ApiProperty({ enum: ['REUSABLE', 'REUSABLE_WITH_CHECK', 'NOT_REUSABLE'] })
  decision!: string;

  @ApiProperty({ type: [String], example: ['REVOKED'] })
  reasons!: readonly string[];

  @ApiProperty({ example: 'REVOKED' })
  state!: string;

  @ApiProperty({ example: 1 })
  version!: number;

  @ApiProperty()
  sha256!: string;
}

export class RecheckedDocumentDto {
  @ApiProperty({ format: 'uuid' })
  documentId!: string;

  @ApiProperty({ example: 'TP-01' })
  componentId!: string;

  @ApiProperty({ type: JudgementDto })
  granted!: JudgementDto;

  @ApiProperty({ type: JudgementDto })
  now!: JudgementDto;

  @ApiProperty({ type: [String], example: ['decision', 'state'] })
  changes!: readonly string[];

  @ApiPropertyOptional({ format: 'uuid' })
  replacedBy?: string;
}

export class RecheckDto {
  @ApiProperty({ format: 'date-time' })
  checkedAt!: string;

  @ApiProperty({ description: 'Whether anything differs from what was granted' })
  changed!: boolean;

  @ApiProperty({ type: [RecheckedDocumentDto] })
  documents!: RecheckedDocumentDto[];
}
