import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayNotEmpty, IsArray, IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { CaseRequestDto } from '../calling/calling-context.dto.js';
import { type DocumentSource, documentSources } from './document-sources.js';

const decisions = ['REUSABLE', 'REUSABLE_WITH_CHECK', 'NOT_REUSABLE'] as const;

export class AvailabilityRequestDto extends CaseRequestDto {
  @ApiPropertyOptional({ type: [String], example: ['TP-01', 'TP-02'], description: 'All components when absent' })
  @IsOptional()
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(50)
  @IsString({ each: true })
  @MaxLength(60, { each: true })
  components?: string[];

  @ApiPropertyOptional({ enum: documentSources, isArray: true, example: ['local'], description: 'All when absent' })
  @IsOptional()
  @IsArray()
  @ArrayNotEmpty()
  @IsIn(documentSources, { each: true })
  sources?: DocumentSource[];
}

export class CandidateDto {
  @ApiProperty({ example: 'dr_8Zk0…', description: 'Opaque; for this caller and dossier, 30 minutes' })
  documentRef!: string;

  @ApiProperty({ example: 'KQ.G15.000031' })
  typeCode!: string;

  @ApiPropertyOptional({ example: 'Giấy khai sinh', description: 'Only with scope reuse.read, or for an official' })
  name?: string;

  @ApiProperty({ enum: decisions })
  decision!: string;

  @ApiProperty({ type: [String], example: [] })
  reasons!: readonly string[];

  @ApiProperty({ example: 'ACTIVE' })
  state!: string;

  @ApiProperty({ type: String, format: 'date', nullable: true, example: '2024-03-01' })
  issuedOn!: string | null;

  @ApiProperty({ type: String, format: 'date', nullable: true, example: null })
  validTo!: string | null;

  @ApiProperty({ enum: ['ISSUED_SIGNED', 'SCAN_SIGNED', 'SELF_UPLOADED'] })
  assurance!: string;

  @ApiProperty({ enum: documentSources, example: 'local' })
  source!: string;

  @ApiProperty({ example: 183204, description: 'Length of the file' })
  bytes!: number;

  @ApiPropertyOptional({ description: 'Id of the document this one took the place of' })
  replaces?: string;
}

export class ComponentAvailabilityDto {
  @ApiProperty({ example: 'TP-01' })
  componentId!: string;

  @ApiProperty({ example: 'Giấy chứng sinh' })
  name!: string;

  @ApiProperty()
  mandatory!: boolean;

  @ApiProperty({ enum: decisions })
  decision!: string;

  @ApiProperty({ type: [CandidateDto] })
  candidates!: CandidateDto[];
}

export class SourceStatusDto {
  @ApiProperty({ enum: documentSources, example: 'national' })
  source!: string;

  @ApiProperty({ enum: ['OK', 'NOT_CONFIGURED'] })
  status!: string;

  @ApiPropertyOptional()
  detail?: string;
}

export class AvailabilitySummaryDto {
  @ApiProperty({ example: 2, description: 'Components asked about' })
  required!: number;

  @ApiProperty({ example: 1 })
  reusable!: number;

  @ApiProperty({ example: 0 })
  withCheck!: number;

  @ApiProperty({ example: 1 })
  missing!: number;
}

export class AvailabilityAnswerDto {
  @ApiProperty()
  requestId!: string;

  @ApiProperty({ format: 'date-time' })
  evaluatedAt!: string;

  @ApiProperty({ type: [ComponentAvailabilityDto] })
  components!: ComponentAvailabilityDto[];

  @ApiProperty({ type: [SourceStatusDto] })
  sourceStatus!: SourceStatusDto[];

  @ApiProperty({ type: AvailabilitySummaryDto })
  summary!: AvailabilitySummaryDto;
}
