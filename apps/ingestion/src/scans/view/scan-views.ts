import { Catalogue, fieldsOf } from '#domain/catalogue';
import { type FieldValue, Records } from '#domain/records';
import { vietnamDate } from '#kernel';
import { Settings } from '#platform/config';
import { Injectable } from '@nestjs/common';
import type { Scan } from '../scan.js';
import { Scans } from '../scans.port.js';
import type { ScanSummaryView, ScanView } from './scan.dto.js';

/** What an officer sees of a scan: where it stands, page by page, and what was read on it. */
@Injectable()
export class ScanViews {
  constructor(
    private readonly scans: Scans,
    private readonly records: Records,
    private readonly catalogue: Catalogue,
    private readonly settings: Settings,
  ) {}

  summary(scan: Scan): ScanSummaryView {
    const { id, componentId, documentTypeCode, documentId, state, failureCode, pages, original, createdAt } = scan;
    return {
      id,
      componentId,
      documentTypeCode,
      documentId,
      state,
      failureCode,
      pages,
      sha256: original.sha256,
      createdAt,
    };
  }

  async view(scan: Scan): Promise<ScanView> {
    const pages = await this.scans.pages(scan.id);
    const document = await this.records.get(scan.documentId);
    const type = await this.catalogue.documentType(scan.documentTypeCode, vietnamDate(scan.createdAt));
    const definitions = fieldsOf(type);
    return {
      id: scan.id,
      dossierId: scan.dossierId,
      componentId: scan.componentId,
      state: scan.state,
      failureCode: scan.failureCode,
      pages: pages.map(({ number, state, meanConfidence, failureCode }) => ({
        number,
        ocr: state,
        meanConfidence,
        failureCode,
      })),
      // Every field of the form, read or not: what could not be read is for the officer to type.
      fields: definitions.map(({ key, label, required }) => {
        const read = document.fields.find((field) => field.key === key) ?? unread(key);
        return { ...read, label, required, needsLook: read.confidence < this.settings.ocrConfidenceThreshold };
      }),
      findings: scan.findings,
      duplicates: scan.duplicates,
      sha256: scan.original.sha256,
      document: {
        id: document.id,
        typeCode: document.typeCode,
        name: document.name,
        state: document.state,
        code: document.maskedCode,
        sha256: document.current.sha256,
        version: document.current.number,
        signature: document.current.signature.verdict,
      },
    };
  }
}

const unread = (key: string): FieldValue => ({ key, value: '', source: 'OCR', confidence: 0 });
