import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsISO8601, IsOptional } from 'class-validator';
import { DocumentDto } from '../documents/document.dto.js';
import { PageQueryDto } from '../calling/page-query.dto.js';

export class AccessesQueryDto extends PageQueryDto {
  @ApiPropertyOptional({ format: 'date-time', example: '2026-11-01T00:00:00+07:00' })
  @IsOptional()
  @IsISO8601({ strict: true })
  from?: string;

  @ApiPropertyOptional({ format: 'date-time' })
  @IsOptional()
  @IsISO8601({ strict: true })
  to?: string;
}

export class OwnDocumentDto extends DocumentDto {
  @ApiProperty({ example: 'Giấy khai sinh' })
  name!: string;

  @ApiPropertyOptional({ example: 'UBND phường Thành Sen' })
  issuerName?: string;

  @ApiPropertyOptional({ format: 'date' })
  validTo?: string;

  @ApiProperty()
  permanent!: boolean;

  @ApiProperty({ description: 'Whether it may be relied on today' })
  valid!: boolean;

  @ApiProperty({ example: 'Đang có hiệu lực' })
  label!: string;

  @ApiPropertyOptional({ example: 'owner', description: "The citizen's part in it" })
  role?: string;

  @ApiProperty()
  pages!: number;

  @ApiProperty()
  bytes!: number;
}

export class OwnDocumentsDto {
  @ApiProperty({ type: [OwnDocumentDto] })
  documents!: OwnDocumentDto[];

  @ApiPropertyOptional()
  nextCursor?: string;
}

export class NamedCodeDto {
  @ApiProperty({ example: 'H27.05.12' })
  code!: string;

  @ApiPropertyOptional({ example: 'UBND phường Thành Sen' })
  name?: string;
}

export class AccessedDocumentDto {
  @ApiProperty({ format: 'uuid' })
  documentId!: string;

  @ApiPropertyOptional({ example: 'Giấy khai sinh' })
  name?: string;
}

export class AccessPurposeDto {
  @ApiProperty({ example: 'TTHC_INTAKE' })
  code!: string;

  @ApiPropertyOptional({ example: 'Tiếp nhận hồ sơ thủ tục hành chính' })
  text?: string;
}

export class AccessLegalBasisDto {
  @ApiProperty({ example: 'STATE_DUTY' })
  code!: string;

  @ApiPropertyOptional({ example: 'Thực hiện nhiệm vụ của cơ quan nhà nước theo luật' })
  text?: string;

  @ApiPropertyOptional()
  article?: string;
}

export class AccessDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'date-time' })
  at!: string;

  @ApiProperty({ example: 'document.read' })
  event!: string;

  @ApiProperty({ example: 'Mở nội dung giấy tờ' })
  eventText!: string;

  @ApiProperty({ enum: ['success', 'refused', 'failed'] })
  outcome!: string;

  @ApiProperty({ example: 'Đã thực hiện' })
  outcomeText!: string;

  @ApiPropertyOptional({ type: NamedCodeDto })
  agency?: NamedCodeDto;

  @ApiPropertyOptional({ example: 'Cán bộ một cửa' })
  role?: string;

  @ApiPropertyOptional({ type: AccessedDocumentDto })
  document?: AccessedDocumentDto;

  @ApiPropertyOptional({ type: NamedCodeDto })
  procedure?: NamedCodeDto;

  @ApiPropertyOptional({ example: 'H27.05.12-261123-0001' })
  dossierCode?: string;

  @ApiPropertyOptional({ type: AccessPurposeDto })
  purpose?: AccessPurposeDto;

  @ApiPropertyOptional({ type: AccessLegalBasisDto })
  legalBasis?: AccessLegalBasisDto;
}

export class AccessesDto {
  @ApiProperty({ type: [AccessDto], description: 'Newest first' })
  accesses!: AccessDto[];

  @ApiPropertyOptional()
  nextCursor?: string;
}
