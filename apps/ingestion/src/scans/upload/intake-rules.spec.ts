import { describe, expect, it } from '@jest/globals';
import type { Component, DocumentType } from '#domain/catalogue';
import type { Finding } from '#engines/digitisation';
import { DomainError } from '#kernel';
import { checkPaper, refusalOf } from './intake-rules.js';

const component = { id: 'TP-02', anyOf: [['A'], ['B', 'C']], acceptsSelfUpload: false } as unknown as Component;
const type = { code: 'B', name: 'Giấy B', servedByDatabase: false } as unknown as DocumentType;
const paper = { component, type, submissionForm: 'ORIGINAL', stateSecret: false } as const;
const codeOf = (given: Parameters<typeof checkPaper>[0]) => {
  try {
    checkPaper(given);
  } catch (error) {
    if (error instanceof DomainError) return error.code;
  }
  return 'accepted';
};
const finding = (code: Finding['code'], severity: Finding['severity'], page?: number): Finding => ({
  code,
  severity,
  page,
  params: page === undefined ? {} : { dpi: 150, minDpi: 200 },
});

describe('a paper offered for a component', () => {
  it('is of a type that some alternative of the component names (FR-09)', () => {
    expect(codeOf(paper)).toBe('accepted');
    expect(codeOf({ ...paper, type: { ...type, code: 'D' } })).toBe('document-type-not-accepted');
  });

  it('is no state secret, and nothing a database serves (FR-18)', () => {
    expect(codeOf({ ...paper, stateSecret: true })).toBe('state-secret-refused');
    expect(codeOf({ ...paper, type: { ...type, servedByDatabase: true } })).toBe('served-by-database');
  });

  it('is a self-upload only where the component says so (FR-19)', () => {
    const selfUpload = { ...paper, submissionForm: 'SELF_UPLOAD' } as const;
    expect(codeOf(selfUpload)).toBe('self-upload-not-accepted');
    expect(codeOf({ ...selfUpload, component: { ...component, acceptsSelfUpload: true } })).toBe('accepted');
  });
});

describe('the findings of an inspection', () => {
  it('refuse nothing when they are warnings', () => {
    expect(refusalOf([finding('SKEWED', 'WARNING', 1)])).toBeUndefined();
  });

  it('speak for themselves when there is one, with the numbers its text needs', () => {
    const refusal = refusalOf([finding('BLANK_PAGE', 'WARNING', 1), finding('SCAN_DPI_TOO_LOW', 'REFUSAL', 2)]);
    expect(refusal?.code).toBe('scan-dpi-too-low');
    expect(refusal?.params).toEqual({ dpi: 150, minDpi: 200 });
    expect(refusal?.details).toEqual([{ code: 'SCAN_DPI_TOO_LOW', params: { page: 2, dpi: 150, minDpi: 200 } }]);
  });

  it('come together when there are several', () => {
    const refusal = refusalOf([finding('PAGE_COUNT_MISMATCH', 'REFUSAL'), finding('SCAN_DPI_TOO_LOW', 'REFUSAL', 1)]);
    expect(refusal?.code).toBe('scan-refused');
    expect(refusal?.details.map(({ code }) => code)).toEqual(['PAGE_COUNT_MISMATCH', 'SCAN_DPI_TOO_LOW']);
  });
});
