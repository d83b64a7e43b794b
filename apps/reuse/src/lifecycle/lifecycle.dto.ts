import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsISO8601, IsNotEmpty, IsOptional, IsString, IsUUID, Matches, MaxLength } from 'class-validator';
import { DocumentLifeDto } from '../documents/document.dto.js';

const relations = ['REPLACES', 'CORRECTS', 'RENEWS'] as const;

export class RevokeDocumentDto {
  @ApiPropertyOptional({ example: 'H27.05.12', description: "The caller's agency when absent" })
  @IsOptional()
  @IsString()
  @MaxLength(35)
  decidingAgencyCode?: string;

  @ApiProperty({ example: '12/QĐ-UBND' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(100)
  decisionNumber!: string;

  @ApiProperty({ format: 'date', example: '2026-11-20' })
  @Matches(/^\d{4}-\d{2}-\d{2}$/)
  @IsISO8601({ strict: true })
  decisionDate!: string;

  @ApiProperty({ example: 'Cấp sai thông tin' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(500)
  reason!: string;

  @ApiProperty({ format: 'date-time', example: '2026-11-20T00:00:00+07:00', description: 'May lie in the past' })
  @IsISO8601({ strict: true })
  effectiveAt!: string;
}

export class ReasonDto {
  @ApiProperty({ example: 'Chờ xác minh' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(500)
  reason!: string;
}

export class ReplaceDocumentDto {
  @ApiProperty({ format: 'uuid', description: 'The document that takes its place' })
  @IsUUID()
  by!: string;

  @ApiProperty({ enum: relations })
  @IsIn(relations)
  relation!: (typeof relations)[number];
}

export class ChainDto {
  @ApiProperty({ type: [DocumentLifeDto], description: 'Oldest to newest' })
  documents!: DocumentLifeDto[];
}
