import type { ExceptionReason } from '#domain/dossiers';
import type { SubmissionForm } from '#domain/records';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { NamedSubjectDto } from '../../dossiers/named-subject.dto.js';

/** E_ORIGINAL is missing on purpose: such documents are made here, not scanned. */
export const submissionForms = [
  'ORIGINAL',
  'REGISTER_COPY',
  'CERTIFIED_COPY',
  'E_CERTIFIED_COPY',
  'E_PHOTO_COMPARED',
  'SELF_UPLOAD',
] as const satisfies readonly SubmissionForm[];

export const exceptionReasons = ['OUTDATED', 'ILLEGIBLE', 'CONTENT_CHANGED', 'VERIFICATION', 'OTHER'] as const;

const fromJson = ({ value }: { value: unknown }): unknown => {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    // Left as text, which the next rule refuses as not being an object.
    return value;
  }
};

/** The text fields of the upload form; they come before the file. */
export class ScanUploadDto {
  @ApiProperty({ example: 'KQ.G15.000031' })
  @IsString()
  @MaxLength(40)
  documentTypeCode!: string;

  @ApiProperty({ enum: submissionForms, description: 'How the paper was presented (FR-19)' })
  @IsIn(submissionForms)
  submissionForm!: (typeof submissionForms)[number];

  @ApiProperty({ description: 'Paper pages the officer counted (FR-13)', minimum: 1 })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(10_000)
  declaredPages!: number;

  @ApiPropertyOptional({
    enum: exceptionReasons,
    description: 'Why the paper is needed although one is on file (FR-17)',
  })
  @IsOptional()
  @IsIn(exceptionReasons)
  exceptionReason?: ExceptionReason;

  @ApiPropertyOptional({ description: 'Required with the reason OTHER' })
  @ValidateIf((form: ScanUploadDto) => form.exceptionReason === 'OTHER' || form.exceptionText !== undefined)
  @IsString()
  @MinLength(3)
  @MaxLength(500)
  exceptionText?: string;

  @ApiPropertyOptional({
    default: false,
    description: 'The officer marks the paper as a state secret: it is refused (FR-18)',
  })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  stateSecret?: boolean;

  @ApiPropertyOptional({
    type: NamedSubjectDto,
    description: 'JSON. Whose paper it is, when it is not the applicant: a child, a spouse',
  })
  @IsOptional()
  @Transform(fromJson)
  @ValidateNested()
  @Type(() => NamedSubjectDto)
  owner?: NamedSubjectDto;
}

export class FindingView {
  @ApiProperty({ example: 'SCAN_DPI_TOO_LOW' })
  code!: string;
  @ApiProperty({ enum: ['REFUSAL', 'WARNING'] })
  severity!: string;
  @ApiPropertyOptional({ minimum: 1 })
  page?: number;
  @ApiProperty({ type: 'object', additionalProperties: true })
  params!: Readonly<Record<string, string | number>>;
}

export class PossibleDuplicateView {
  @ApiProperty()
  documentId!: string;
  @ApiProperty({ enum: ['SAME_PAPER', 'SAME_NUMBER'] })
  kind!: string;
}

export class AcceptedScanView {
  @ApiProperty()
  id!: string;
  @ApiProperty({ example: 'QC_PASSED' })
  state!: string;
  @ApiProperty({ type: [FindingView], description: 'Warnings; a refusal would not have been accepted' })
  findings!: readonly FindingView[];
  @ApiProperty({ type: [PossibleDuplicateView] })
  duplicates!: readonly PossibleDuplicateView[];
  @ApiProperty()
  pages!: number;
  @ApiProperty({ description: 'Of the bytes as received (FR-15)' })
  sha256!: string;
  @ApiProperty()
  documentId!: string;
}
