import { ApiProperty } from '@nestjs/swagger';
import { IsNotEmpty, IsString, MaxLength } from 'class-validator';
import { SignDto } from '../keys/sign.dto.js';
import type { Attachment } from './attachment.js';

/** The text fields of the form. The file comes last. */
export class NewAttachmentDto extends SignDto {
  @ApiProperty({ example: 'Phụ lục I. Danh sách các hộ được hỗ trợ' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(500)
  title!: string;
}

export class AttachmentDto {
  @ApiProperty() id!: string;
  @ApiProperty() title!: string;
  @ApiProperty({ description: 'SHA-256 of the signed bytes' }) sha256!: string;
  @ApiProperty() pages!: number;
  @ApiProperty() signedAt!: string;
  @ApiProperty({ example: '05/QĐ-UBND', description: 'Of the main document, as printed' }) number!: string;

  static of({ id, title, sha256, pages, signedAt, documentNumber }: Attachment): AttachmentDto {
    return { id, title, sha256, pages, signedAt: signedAt.toISOString(), number: documentNumber };
  }
}

export class AttachmentListDto {
  @ApiProperty({ type: [AttachmentDto], description: 'Oldest first' }) attachments!: AttachmentDto[];
}
