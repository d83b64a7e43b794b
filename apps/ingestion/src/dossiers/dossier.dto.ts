import type { DossierNotice, DossierStatus, ExceptionReason } from '#domain/dossiers';
import type { DocumentState } from '#domain/records';
import type { ReuseDecision, ReuseReason } from '#domain/availability';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateNested,
} from 'class-validator';
import { NamedSubjectDto } from './named-subject.dto.js';

export const dossierStatuses = ['OPEN', 'DECIDED', 'RETURNED', 'REJECTED', 'WITHDRAWN'] as const;

export class OpenDossierDto {
  @ApiProperty({ example: '1.001193', description: 'National or localised procedure code' })
  @IsString()
  @MaxLength(40)
  procedureCode!: string;

  @ApiPropertyOptional({ example: 'H27.05.12-261123-0001', description: 'Absent: the next code of the day is issued' })
  @IsOptional()
  @IsString()
  @MaxLength(60)
  code?: string;

  @ApiProperty({ type: NamedSubjectDto, description: 'The applicant' })
  @ValidateNested()
  @Type(() => NamedSubjectDto)
  subject!: NamedSubjectDto;
}

export class ListDossiersDto {
  @ApiPropertyOptional({ enum: dossierStatuses })
  @IsOptional()
  @IsIn(dossierStatuses)
  status?: DossierStatus;

  @ApiPropertyOptional({ default: 20, minimum: 1, maximum: 100 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  limit?: number;

  @ApiPropertyOptional({ description: '`nextCursor` of the page before' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  cursor?: string;
}

export class ReuseDocumentDto {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  documentId!: string;

  @ApiPropertyOptional({ description: 'What was checked, and how; required for REUSABLE_WITH_CHECK' })
  @IsOptional()
  @IsString()
  @MinLength(3)
  @MaxLength(500)
  checkNote?: string;
}

export class CloseDossierDto {
  @ApiProperty({ enum: dossierStatuses.filter((status) => status !== 'OPEN') })
  @IsIn(dossierStatuses.filter((status) => status !== 'OPEN'))
  status!: Exclude<DossierStatus, 'OPEN'>;
}

export class CodeAndNameView {
  @ApiProperty()
  code!: string;
  @ApiProperty()
  name!: string;
}

export class OwnerView {
  @ApiProperty()
  name!: string;
  @ApiProperty({ example: '042*****0123' })
  maskedIdentifier!: string;
  @ApiProperty({ example: 'PERSON_PIN' })
  kind!: string;
}

export class ComponentView {
  @ApiProperty()
  componentId!: string;
  @ApiProperty()
  name!: string;
  @ApiProperty()
  mandatory!: boolean;
  @ApiProperty({
    enum: [0, 1, 2, 3],
    description: '0 not digitised, 1 digitised, 2 reused, 3 reused result of another dossier (FR-72)',
  })
  state!: number;
  @ApiPropertyOptional()
  documentId?: string;
  @ApiPropertyOptional({ description: 'The identifier in it is masked' })
  documentCode?: string;
  @ApiPropertyOptional({ description: 'Of the exact bytes relied on (FR-70)' })
  sha256?: string;
  @ApiPropertyOptional({ description: 'Why a paper was asked for although one is on file (FR-17)' })
  exceptionReason?: ExceptionReason;
}

export class NoticeView {
  @ApiProperty()
  id!: string;
  @ApiProperty({ type: String, format: 'date-time' })
  at!: Date;
  @ApiProperty({ example: 'DOCUMENT_REVOKED' })
  kind!: DossierNotice['kind'];
  @ApiProperty()
  documentId!: string;
  @ApiProperty()
  componentId!: string;
  @ApiPropertyOptional()
  successorDocumentId?: string;
  @ApiPropertyOptional({ type: String, format: 'date-time' })
  acknowledgedAt?: Date;
}

export class DossierView {
  @ApiProperty()
  id!: string;
  @ApiProperty({ example: 'H27.05.12-261123-0001' })
  code!: string;
  @ApiProperty({ enum: dossierStatuses })
  status!: DossierStatus;
  @ApiProperty({ example: '2026-11-23' })
  receivedOn!: string;
  @ApiProperty({ type: CodeAndNameView })
  procedure!: CodeAndNameView;
  @ApiProperty({ type: OwnerView })
  owner!: OwnerView;
  @ApiProperty({ type: [ComponentView] })
  components!: ComponentView[];
  @ApiProperty({ type: [NoticeView] })
  notices!: NoticeView[];
}

export class DossierSummaryView {
  @ApiProperty()
  id!: string;
  @ApiProperty()
  code!: string;
  @ApiProperty({ enum: dossierStatuses })
  status!: DossierStatus;
  @ApiProperty()
  receivedOn!: string;
  @ApiProperty()
  procedureCode!: string;
  @ApiProperty({ description: 'Components that are digitised or reused' })
  fulfilled!: number;
  @ApiProperty()
  components!: number;
  @ApiProperty({ description: 'Notices nobody has acknowledged' })
  openNotices!: number;
}

export class DossierPage {
  @ApiProperty({ type: [DossierSummaryView] })
  dossiers!: DossierSummaryView[];
  @ApiPropertyOptional()
  nextCursor?: string;
}

export class CandidateView {
  @ApiProperty()
  documentId!: string;
  @ApiProperty()
  typeCode!: string;
  @ApiProperty()
  name!: string;
  @ApiProperty({ enum: ['REUSABLE', 'REUSABLE_WITH_CHECK', 'NOT_REUSABLE'] })
  decision!: ReuseDecision;
  @ApiProperty({ type: [String] })
  reasons!: readonly ReuseReason[];
  @ApiProperty()
  state!: DocumentState;
  @ApiPropertyOptional()
  issuedOn?: string;
  @ApiPropertyOptional()
  validTo?: string;
  @ApiPropertyOptional({ description: 'The identifier in it is masked' })
  code?: string;
  @ApiProperty({ enum: ['ISSUED_SIGNED', 'SCAN_SIGNED', 'SELF_UPLOADED'] })
  assurance!: string;
}

export class ComponentAvailabilityView {
  @ApiProperty()
  componentId!: string;
  @ApiProperty()
  name!: string;
  @ApiProperty()
  mandatory!: boolean;
  @ApiProperty({ enum: ['REUSABLE', 'REUSABLE_WITH_CHECK', 'NOT_REUSABLE'] })
  decision!: ReuseDecision;
  @ApiProperty({ type: [CandidateView], description: 'Best first' })
  candidates!: CandidateView[];
}

export class AvailabilityView {
  @ApiProperty({ type: [ComponentAvailabilityView] })
  components!: ComponentAvailabilityView[];
}
