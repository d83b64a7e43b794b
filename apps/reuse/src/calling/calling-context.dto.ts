import { SubjectDto } from '#domain/records';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsBoolean, IsOptional, IsString, MaxLength, ValidateNested } from 'class-validator';
import { legalBases } from './calling-context.js';

// Members are optional for the validator only: the use case names all that are missing at once, as `context-missing`.

export class LegalBasisDto {
  @ApiProperty({ enum: legalBases, example: 'STATE_DUTY', description: 'Header alias: X-Road-PDU-Legal-Basis' })
  @IsOptional()
  @IsString()
  @MaxLength(40)
  code?: string;

  @ApiPropertyOptional({ example: 'Nghị định 118/2025/NĐ-CP, Điều 9' })
  @IsOptional()
  @IsString()
  @MaxLength(400)
  article?: string;
}

export class ActorDto {
  @ApiProperty({ example: 'cb-0042', description: 'Header alias: X-Road-UserId' })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  id?: string;

  @ApiPropertyOptional({ example: 'Lê Thị Hoa', description: 'Header alias: X-Road-PDU-Initiator-Person-Name' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  name?: string;

  @ApiProperty({ example: 'H27.05.12', description: 'Header alias: X-Road-PDU-Initiator-Org-Code' })
  @IsOptional()
  @IsString()
  @MaxLength(35)
  agencyCode?: string;
}

export class CallingContextDto {
  @ApiProperty({ example: 'H27.05.12-261123-0001', description: 'Header alias: X-Road-Issue' })
  @IsOptional()
  @IsString()
  @MaxLength(60)
  dossierCode?: string;

  @ApiProperty({ example: '1.001193' })
  @IsOptional()
  @IsString()
  @MaxLength(40)
  procedureCode?: string;

  @ApiProperty({ example: 'TTHC_INTAKE', description: 'Header alias: X-Road-PDU-Purpose' })
  @IsOptional()
  @IsString()
  @MaxLength(60)
  purposeCode?: string;

  @ApiProperty({ type: LegalBasisDto })
  @IsOptional()
  @ValidateNested()
  @Type(() => LegalBasisDto)
  legalBasis?: LegalBasisDto;

  @ApiPropertyOptional({
    description: 'Required when the basis is CONSENT. Header alias: X-Road-PDU-Consent-Reference',
  })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  consentRef?: string;

  @ApiProperty({ type: ActorDto, description: 'The real person; a signed-in official may leave it out' })
  @IsOptional()
  @ValidateNested()
  @Type(() => ActorDto)
  actor?: ActorDto;

  @ApiPropertyOptional({ default: false, description: 'Header alias: X-Road-PDU-Bulk-Processing' })
  @IsOptional()
  @IsBoolean()
  bulk?: boolean;
}

/** A request about somebody's papers: for which case, and whose. */
export class CaseRequestDto {
  @ApiPropertyOptional({ type: CallingContextDto, description: 'Members may come as X-Road headers instead' })
  @IsOptional()
  @ValidateNested()
  @Type(() => CallingContextDto)
  context?: CallingContextDto;

  @ApiProperty({ type: SubjectDto })
  @ValidateNested()
  @Type(() => SubjectDto)
  subject!: SubjectDto;
}
