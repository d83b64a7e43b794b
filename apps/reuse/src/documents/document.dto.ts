import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { PresentedState } from './presented-state.js';

export class RevocationDto {
  @ApiProperty({ example: 'H27.05.12' })
  decidingAgencyCode!: string;

  @ApiProperty({ example: '12/QĐ-UBND' })
  decisionNumber!: string;

  @ApiProperty({ format: 'date' })
  decisionDate!: string;

  @ApiProperty()
  reason!: string;

  @ApiProperty({ format: 'date-time' })
  effectiveAt!: string;
}

/** A document as every answer about one names it. */
export class DocumentDto {
  @ApiProperty({ format: 'uuid' })
  documentId!: string;

  @ApiPropertyOptional({ example: '042*****0123.KQ.G15.000031.12/KS.01', description: 'Owner part masked' })
  code?: string;

  @ApiProperty({ example: 'KQ.G15.000031' })
  typeCode!: string;

  @ApiPropertyOptional({ example: '12' })
  number?: string;

  @ApiPropertyOptional({ example: 'KS' })
  symbol?: string;

  @ApiPropertyOptional({ format: 'date' })
  issuedOn?: string;

  @ApiProperty({ type: String, example: 'ACTIVE', description: 'Now; EXPIRED follows from the dates' })
  state!: PresentedState;

  @ApiPropertyOptional({ format: 'uuid' })
  replacedBy?: string;
}

/** With what it replaced and how it ended. */
export class DocumentLifeDto extends DocumentDto {
  @ApiPropertyOptional({ format: 'uuid' })
  replaces?: string;

  @ApiPropertyOptional({ type: RevocationDto })
  revocation?: RevocationDto;
}
