import type { DocumentState, FieldSource } from '#domain/records';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { PageState } from '../scan.js';
import { FindingView, PossibleDuplicateView } from '../upload/scan-upload.dto.js';

const scanStates = ['QC_PASSED', 'SIGN_FAILED', 'SCAN_SIGNED', 'EXTRACTED', 'CONFIRMED', 'QUARANTINED'];

export class PageView {
  @ApiProperty({ minimum: 1 })
  number!: number;
  @ApiProperty({ enum: ['PENDING', 'DONE', 'FAILED'] })
  ocr!: PageState;
  @ApiPropertyOptional({ minimum: 0, maximum: 1 })
  meanConfidence?: number;
  @ApiPropertyOptional({ description: 'Error code of a page that could not be read' })
  failureCode?: string;
}

export class FieldView {
  @ApiProperty({ example: 'ngayCap' })
  key!: string;
  @ApiProperty()
  label!: string;
  @ApiProperty()
  required!: boolean;
  @ApiProperty({ example: '2025-09-22' })
  value!: string;
  @ApiProperty({ enum: ['OCR', 'QR', 'TYPED', 'DATABASE', 'ISSUER'] })
  source!: FieldSource;
  @ApiProperty({ minimum: 0, maximum: 1 })
  confidence!: number;
  @ApiProperty({ description: 'Below the threshold of the settings: to be looked at by itself (FR-24)' })
  needsLook!: boolean;
  @ApiPropertyOptional({ minimum: 1 })
  page?: number;
  @ApiPropertyOptional({ type: [Number], description: 'PDF points, origin bottom-left: x0, y0, x1, y1' })
  box?: readonly number[];
}

export class ScannedDocumentView {
  @ApiProperty()
  id!: string;
  @ApiProperty()
  typeCode!: string;
  @ApiProperty()
  name!: string;
  @ApiProperty({ example: 'EXTRACTED' })
  state!: DocumentState;
  @ApiPropertyOptional({ description: 'The identifier in it is masked' })
  code?: string;
  @ApiProperty({ description: 'Of the current version' })
  sha256!: string;
  @ApiProperty()
  version!: number;
  @ApiProperty({ enum: ['VALID', 'INVALID', 'INDETERMINATE', 'WEAK_ALGORITHM', 'UNSIGNED'] })
  signature!: string;
}

export class ScanView {
  @ApiProperty()
  id!: string;
  @ApiProperty()
  dossierId!: string;
  @ApiProperty()
  componentId!: string;
  @ApiProperty({ enum: scanStates })
  state!: string;
  @ApiPropertyOptional({ description: 'Error code of the step that failed last' })
  failureCode?: string;
  @ApiProperty({ type: [PageView] })
  pages!: PageView[];
  @ApiProperty({ type: [FieldView], description: 'Proposed, or confirmed once the scan is CONFIRMED' })
  fields!: FieldView[];
  @ApiProperty({ type: [FindingView] })
  findings!: readonly FindingView[];
  @ApiProperty({ type: [PossibleDuplicateView] })
  duplicates!: readonly PossibleDuplicateView[];
  @ApiProperty({ description: 'Of the bytes as received (FR-15)' })
  sha256!: string;
  @ApiProperty({ type: ScannedDocumentView })
  document!: ScannedDocumentView;
}

/** A scan in the list of its dossier: enough to find the one that waits. */
export class ScanSummaryView {
  @ApiProperty()
  id!: string;
  @ApiProperty()
  componentId!: string;
  @ApiProperty()
  documentTypeCode!: string;
  @ApiProperty()
  documentId!: string;
  @ApiProperty({ enum: scanStates })
  state!: string;
  @ApiPropertyOptional({ description: 'Error code of the step that failed last' })
  failureCode?: string;
  @ApiProperty()
  pages!: number;
  @ApiProperty({ description: 'Of the bytes as received' })
  sha256!: string;
  @ApiProperty()
  createdAt!: Date;
}

export class ScanListView {
  @ApiProperty({ type: [ScanSummaryView] })
  scans!: ScanSummaryView[];
}
