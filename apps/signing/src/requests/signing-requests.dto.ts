import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsIn,
  IsInt,
  IsNotEmpty,
  IsNumber,
  IsOptional,
  IsPositive,
  IsString,
  IsUUID,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { SubjectDto } from '#domain/records';
import { textOf } from '#platform/http';
import { AttachmentDto } from '../attachments/attachments.dto.js';
import {
  documentNumber,
  type SigningFailure,
  type SigningRequest,
  type SigningRequestState,
} from './signing-request.js';

const states = [
  'WAITING_SIGNER',
  'WAITING_SEAL',
  'SEALED',
  'RETURNED',
  'REJECTED',
] as const satisfies SigningRequestState[];

export class SignerSlotDto {
  @ApiProperty({ example: 1 }) @IsInt() @Min(1) page!: number;
  @ApiProperty({ description: 'PDF points from the left' }) @IsNumber() x!: number;
  @ApiProperty({ description: 'PDF points from the bottom' }) @IsNumber() y!: number;
  @ApiProperty() @IsPositive() width!: number;
  @ApiProperty() @IsPositive() height!: number;
}

export class NumberSlotDto {
  @ApiProperty({ example: 1 }) @IsInt() @Min(1) page!: number;
  @ApiProperty({ description: 'Start of the baseline, PDF points' }) @IsNumber() x!: number;
  @ApiProperty() @IsNumber() y!: number;
  @ApiPropertyOptional({ description: 'Of the gap; the text is centred in it' })
  @IsOptional()
  @IsPositive()
  width?: number;
  @ApiPropertyOptional({ default: 13 }) @IsOptional() @IsPositive() fontSize?: number;
}

export class DatePartSlotDto {
  @ApiProperty() @IsNumber() x!: number;
  @ApiPropertyOptional({ description: 'Of the gap; the text is centred in it' })
  @IsOptional()
  @IsPositive()
  width?: number;
}

export class DateSlotsDto {
  @ApiProperty({ example: 1 }) @IsInt() @Min(1) page!: number;
  @ApiProperty({ description: 'Baseline, PDF points' }) @IsNumber() y!: number;
  @ApiPropertyOptional({ default: 13 }) @IsOptional() @IsPositive() fontSize?: number;
  @ApiProperty() @ValidateNested() @Type(() => DatePartSlotDto) day!: DatePartSlotDto;
  @ApiProperty() @ValidateNested() @Type(() => DatePartSlotDto) month!: DatePartSlotDto;
  @ApiPropertyOptional() @IsOptional() @ValidateNested() @Type(() => DatePartSlotDto) year?: DatePartSlotDto;
  @ApiPropertyOptional({ example: 2026, description: 'The year printed in the draft; it cannot be signed in another' })
  @IsOptional()
  @IsInt()
  printedYear?: number;
}

/** Whom the result is for. */
export class ResultSubjectDto extends SubjectDto {
  @ApiProperty() @IsString() @IsNotEmpty() @MaxLength(200) name!: string;
}

/** The text fields of the form; `subject` and the slots are JSON texts. The file comes last. */
export class NewSigningRequestDto {
  @ApiProperty({ example: 'Quyết định về việc hỗ trợ chi phí học tập' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(500)
  title!: string;
  @ApiProperty({ example: 'GT.000012' }) @IsString() @IsNotEmpty() documentTypeCode!: string;
  @ApiProperty({ example: 'QĐ-UBND' }) @IsString() @IsNotEmpty() @MaxLength(30) symbol!: string;
  @ApiProperty({ description: 'Account id of the authorised person' }) @IsUUID() signerId!: string;
  @ApiPropertyOptional() @IsOptional() @IsUUID() dossierId?: string;
  @ApiPropertyOptional({ type: ResultSubjectDto })
  @IsOptional()
  @ValidateNested()
  @Type(() => ResultSubjectDto)
  subject?: ResultSubjectDto;
  @ApiPropertyOptional({ type: SignerSlotDto })
  @IsOptional()
  @ValidateNested()
  @Type(() => SignerSlotDto)
  signerSlot?: SignerSlotDto;
  @ApiPropertyOptional({ type: NumberSlotDto })
  @IsOptional()
  @ValidateNested()
  @Type(() => NumberSlotDto)
  numberSlot?: NumberSlotDto;
  @ApiPropertyOptional({ type: DateSlotsDto })
  @IsOptional()
  @ValidateNested()
  @Type(() => DateSlotsDto)
  dateSlots?: DateSlotsDto;
}

export class RejectionDto {
  @ApiProperty() @IsString() @IsNotEmpty() @MaxLength(1000) reason!: string;
}

export class ListSigningRequestsDto {
  @ApiPropertyOptional({ enum: states }) @IsOptional() @IsIn(states) state?: SigningRequestState;
  @ApiPropertyOptional({ default: 20, maximum: 100 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  limit?: number;
  @ApiPropertyOptional() @IsOptional() @IsUUID() cursor?: string;
}

export class FailureDto {
  @ApiProperty({ example: 'pkcs12-password-wrong' }) code!: string;
  @ApiProperty({ description: 'Cause and what to do' }) vi!: string;
  @ApiProperty() en!: string;
  @ApiProperty() at!: string;

  static of({ code, params, at }: SigningFailure): FailureDto {
    return { code, vi: textOf(code, params, 'vi'), en: textOf(code, params, 'en'), at: at.toISOString() };
  }
}

export class SignerDto {
  @ApiProperty({ description: 'Account id' }) id!: string;
  @ApiProperty() name!: string;
}

/** A signing request as callers see it. */
export class SigningRequestDto {
  @ApiProperty() id!: string;
  @ApiProperty() title!: string;
  @ApiProperty() documentTypeCode!: string;
  @ApiProperty({ enum: states }) state!: SigningRequestState;
  @ApiProperty() agencyCode!: string;
  @ApiProperty({ type: SignerDto }) signer!: SignerDto;
  @ApiProperty() pages!: number;
  @ApiProperty({ description: 'SHA-256 of the bytes as they stand now' }) sha256!: string;
  @ApiPropertyOptional({ example: '05/QĐ-UBND' }) number?: string;
  @ApiPropertyOptional({ example: '2026-11-23' }) issuedOn?: string;
  @ApiPropertyOptional() dossierId?: string;
  @ApiPropertyOptional() signedAt?: string;
  @ApiPropertyOptional() sealedAt?: string;
  @ApiPropertyOptional() returnedAt?: string;
  @ApiPropertyOptional() documentId?: string;
  @ApiPropertyOptional() rejectionReason?: string;
  @ApiPropertyOptional({
    type: FailureDto,
    description: 'Why the last attempt failed; the document is unchanged, try again',
  })
  failure?: FailureDto;
  @ApiProperty() createdAt!: string;

  static of(request: SigningRequest): SigningRequestDto {
    return {
      id: request.id,
      title: request.title,
      documentTypeCode: request.documentTypeCode,
      state: request.state,
      agencyCode: request.agencyCode,
      signer: { id: request.signerId, name: request.signerName },
      pages: request.pages,
      sha256: request.currentSha256,
      number: request.number === undefined ? undefined : documentNumber(request.number, request.symbol),
      issuedOn: request.issuedOn,
      dossierId: request.dossierId,
      signedAt: request.signedAt?.toISOString(),
      sealedAt: request.sealedAt?.toISOString(),
      returnedAt: request.returnedAt?.toISOString(),
      documentId: request.documentId,
      rejectionReason: request.rejectionReason,
      failure: request.failure && FailureDto.of(request.failure),
      createdAt: request.createdAt.toISOString(),
    };
  }
}

export class SigningRequestDetailDto extends SigningRequestDto {
  @ApiProperty({ type: [AttachmentDto], description: 'Oldest first' }) attachments!: AttachmentDto[];
}

export class SigningRequestPageDto {
  @ApiProperty({ type: [SigningRequestDto] }) requests!: SigningRequestDto[];
  @ApiPropertyOptional() nextCursor?: string;
}
