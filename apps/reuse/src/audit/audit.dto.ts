import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsISO8601, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import { PageQueryDto } from '../calling/page-query.dto.js';

export class AuditQueryDto extends PageQueryDto {
  @ApiPropertyOptional({ example: 'H27.05.12-261123-0001' })
  @IsOptional()
  @IsString()
  @MaxLength(60)
  dossierCode?: string;

  @ApiPropertyOptional({
    format: 'uuid',
    description: 'Not the document code: it begins with a personal number, which no address may carry',
  })
  @IsOptional()
  @IsUUID()
  documentId?: string;

  @ApiPropertyOptional({ format: 'date-time' })
  @IsOptional()
  @IsISO8601({ strict: true })
  from?: string;

  @ApiPropertyOptional({ format: 'date-time' })
  @IsOptional()
  @IsISO8601({ strict: true })
  to?: string;
}

export class AuditActorDto {
  @ApiProperty({ enum: ['account', 'client', 'system'] })
  kind!: string;

  @ApiProperty()
  id!: string;

  @ApiPropertyOptional({ example: 'Lê Thị Hoa' })
  name?: string;

  @ApiPropertyOptional({ example: 'officer' })
  role?: string;
}

export class AuditEntryDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiPropertyOptional({ example: 1042, description: 'Place in the chain; absent for about a second' })
  sequence?: number;

  @ApiPropertyOptional({ description: 'Hash of the chain up to here, hexadecimal' })
  hash?: string;

  @ApiProperty({ format: 'date-time' })
  at!: string;

  @ApiProperty({ example: 'reuse' })
  service!: string;

  @ApiProperty({ example: 'document.read' })
  event!: string;

  @ApiProperty({ enum: ['success', 'refused', 'failed'] })
  outcome!: string;

  @ApiPropertyOptional({ type: AuditActorDto })
  actor?: AuditActorDto;

  @ApiPropertyOptional({ example: 'H27.05.12' })
  agencyCode?: string;

  @ApiPropertyOptional({ description: 'Keyed hash of the owner’s number' })
  subjectKey?: string;

  @ApiPropertyOptional({ description: 'Keyed hash of the number of the person the actor acted for' })
  onBehalfOf?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  documentId?: string;

  @ApiPropertyOptional({ example: 1 })
  version?: number;

  @ApiPropertyOptional()
  sha256?: string;

  @ApiPropertyOptional({ example: '1.001193' })
  procedureCode?: string;

  @ApiPropertyOptional({ example: 'H27.05.12-261123-0001' })
  dossierCode?: string;

  @ApiPropertyOptional({ example: 'TTHC_INTAKE' })
  purposeCode?: string;

  @ApiPropertyOptional({ example: 'STATE_DUTY' })
  legalBasis?: string;

  @ApiPropertyOptional()
  requestId?: string;

  @ApiPropertyOptional()
  sourceIp?: string;

  @ApiPropertyOptional({ type: 'object', additionalProperties: true })
  detail?: Readonly<Record<string, unknown>>;
}

export class AuditEntriesDto {
  @ApiProperty({ type: [AuditEntryDto], description: 'Newest first' })
  entries!: AuditEntryDto[];

  @ApiPropertyOptional()
  nextCursor?: string;
}

export class AuditFaultDto {
  @ApiProperty({ example: 1042 })
  sequence!: number;

  @ApiProperty({ format: 'uuid' })
  entryId!: string;

  @ApiProperty()
  reason!: string;
}

export class AuditVerificationDto {
  @ApiProperty()
  ok!: boolean;

  @ApiProperty({ example: 1042, description: 'Entries checked' })
  checked!: number;

  @ApiPropertyOptional({ type: AuditFaultDto })
  firstFault?: AuditFaultDto;

  @ApiProperty({ description: 'Hash of the last entry checked; keep it elsewhere to notice a log that was cut off' })
  head!: string;
}
