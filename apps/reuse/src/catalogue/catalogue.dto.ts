import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsISO8601, IsOptional, Matches } from 'class-validator';

export class AsOfQueryDto {
  @ApiPropertyOptional({
    format: 'date',
    example: '2026-11-23',
    description: 'Catalogue day in Viet Nam; today when absent',
  })
  @IsOptional()
  @Matches(/^\d{4}-\d{2}-\d{2}$/)
  @IsISO8601({ strict: true })
  asOf?: string;
}

export class RequirementDto {
  @ApiProperty({ example: 'TP-01' })
  componentId!: string;

  @ApiProperty({ example: 'Giấy khai sinh' })
  name!: string;

  @ApiProperty()
  mandatory!: boolean;

  @ApiProperty({
    type: 'array',
    items: { type: 'array', items: { type: 'string' } },
    example: [['KQ.G15.000031'], ['GT.000001', 'GT.000002']],
    description: 'Alternatives of sets: any inner list, complete, satisfies the component',
  })
  anyOf!: readonly (readonly string[])[];

  @ApiPropertyOptional({ example: 6, description: 'Oldest acceptable issue date, months' })
  maxAgeMonths?: number;

  @ApiProperty({ description: 'A document on file may be used' })
  reuseAllowed!: boolean;

  @ApiProperty({ description: "The issuing agency's signature is needed" })
  requiresAgencySignature!: boolean;

  @ApiPropertyOptional({
    enum: ['a', 'b', 'c', 'd'],
    description: 'Group of Circular 01/2023 Art. 4 when digitising is compulsory',
  })
  mustDigitise?: string;
}

export class RequirementsDto {
  @ApiProperty({ example: '1.001193' })
  procedureCode!: string;

  @ApiProperty({ example: 'Đăng ký khai sinh' })
  name!: string;

  @ApiProperty({ format: 'date' })
  asOf!: string;

  @ApiProperty({ type: [RequirementDto] })
  components!: RequirementDto[];
}

export class ProcedureDto {
  @ApiProperty({ example: '1.001193' })
  code!: string;

  @ApiProperty({ example: 'Đăng ký khai sinh' })
  name!: string;

  @ApiProperty({ example: 'Hộ tịch' })
  sector!: string;

  @ApiProperty({ enum: ['province', 'commune'] })
  level!: string;

  @ApiProperty({ description: 'One of the essential services' })
  essential!: boolean;

  @ApiPropertyOptional({ example: 'KQ.G15.000031' })
  resultTypeCode?: string;

  @ApiProperty({ format: 'date' })
  validFrom!: string;

  @ApiPropertyOptional({ format: 'date' })
  validTo?: string;
}

export class ProcedureListDto {
  @ApiProperty({ type: [ProcedureDto] })
  procedures!: ProcedureDto[];
}

export class FieldDto {
  @ApiProperty({ example: 'hoTen' })
  key!: string;

  @ApiProperty({ example: 'Họ và tên' })
  label!: string;

  @ApiProperty({ example: 'text' })
  kind!: string;

  @ApiProperty()
  required!: boolean;
}

export class DocumentTypeDto {
  @ApiProperty({ example: 'KQ.G15.000031' })
  code!: string;

  @ApiProperty({ example: 'Giấy khai sinh' })
  name!: string;

  @ApiProperty({ example: 'Birth certificate' })
  nameEn!: string;

  @ApiProperty({ enum: ['result', 'component'] })
  kind!: string;

  @ApiProperty({ enum: ['person', 'business', 'any'] })
  ownerKind!: string;

  @ApiProperty({ type: [FieldDto] })
  fields!: FieldDto[];

  @ApiProperty({ type: 'object', additionalProperties: true, example: { rule: 'permanent' } })
  validity!: object;

  @ApiProperty({ enum: ['LATEST_ONLY', 'VERSIONED', 'INDEPENDENT'] })
  supersession!: string;

  @ApiProperty({ description: 'A national database serves its data' })
  servedByDatabase!: boolean;
}

export class DocumentTypeListDto {
  @ApiProperty({ type: [DocumentTypeDto] })
  documentTypes!: DocumentTypeDto[];
}

export class PurposeDto {
  @ApiProperty({ example: 'TTHC_INTAKE' })
  code!: string;

  @ApiProperty({ example: 'Tiếp nhận hồ sơ thủ tục hành chính', description: 'What the citizen reads' })
  text!: string;
}

export class PurposeListDto {
  @ApiProperty({ type: [PurposeDto] })
  purposes!: PurposeDto[];
}
