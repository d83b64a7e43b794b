import type { OwnerRole } from '#domain/records';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  IsArray,
  IsBoolean,
  IsIn,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
  MinLength,
  ValidateNested,
} from 'class-validator';
import { NamedSubjectDto } from '../dossiers/named-subject.dto.js';

export const additionalOwnerRoles = [
  'owner',
  'co-owner',
  'parent',
  'child',
  'spouse',
  'representative',
] as const satisfies readonly OwnerRole[];

export class ConfirmedFieldDto {
  @ApiProperty({ example: 'ngayCap' })
  @IsString()
  @MaxLength(60)
  key!: string;

  @ApiProperty({ example: '22/09/2025', description: 'As on the paper; dates also as YYYY-MM-DD' })
  @IsString()
  @MaxLength(2000)
  value!: string;
}

export class AdditionalOwnerDto extends NamedSubjectDto {
  @ApiProperty({ enum: additionalOwnerRoles, description: 'What this person is to the document (FR-05)' })
  @IsIn(additionalOwnerRoles)
  role!: OwnerRole;
}

export class ConfirmScanDto {
  @ApiProperty({ type: [ConfirmedFieldDto] })
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => ConfirmedFieldDto)
  fields!: ConfirmedFieldDto[];

  @ApiPropertyOptional({ default: false, description: 'The paper has no end of validity; never assumed (FR-29)' })
  @IsOptional()
  @IsBoolean()
  permanent?: boolean;

  @ApiPropertyOptional({ example: '2027-09-08', description: 'Last day of validity, YYYY-MM-DD' })
  @IsOptional()
  @Matches(/^\d{4}-\d{2}-\d{2}$/)
  validTo?: string;

  @ApiPropertyOptional({ description: 'Scope of validity, as on the paper' })
  @IsOptional()
  @IsString()
  @MaxLength(500)
  scope?: string;

  @ApiPropertyOptional({
    description: 'Why the paper is accepted although it disagrees with its owner (FR-02); logged',
  })
  @IsOptional()
  @IsString()
  @MinLength(3)
  @MaxLength(500)
  overrideReason?: string;

  @ApiPropertyOptional({ type: [AdditionalOwnerDto] })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  @Type(() => AdditionalOwnerDto)
  additionalOwners?: AdditionalOwnerDto[];
}

export class ConfirmedView {
  @ApiProperty()
  documentId!: string;
  @ApiProperty({ description: "Code of the digitisation result (FR-30); begins with the owner's identifier" })
  code!: string;
  @ApiProperty({ example: 'ACTIVE', description: 'SUPERSEDED when a later paper of the kind is on file' })
  state!: string;
}
