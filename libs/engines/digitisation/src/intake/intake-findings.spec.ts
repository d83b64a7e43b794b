import { errorCatalogue } from '#kernel';
import { describe, expect, it } from '@jest/globals';
import {
  defaultInspectionLimits,
  type Inspection,
  type PageInspection,
  type PdfFacts,
} from '../inspection/inspection.js';
import { findingErrorCode, type Finding } from './finding.js';
import { intakeFindings, lawfulScan, type IntakeRules } from './intake-findings.js';

const page = (changes: Partial<PageInspection> = {}): PageInspection => ({
  number: 1,
  widthPoints: 595.28,
  heightPoints: 841.89,
  pixelWidth: 1654,
  pixelHeight: 2339,
  placedWidthPoints: 595.28,
  placedHeightPoints: 841.89,
  dpi: 200,
  storedAs: 'COLOUR',
  content: 'COLOUR',
  imageCoverage: 1,
  textCharacters: 0,
  unmappedCharacters: 0,
  ink: 0.05,
  contrast: 150,
  skewDegrees: 0,
  blank: false,
  decision: 'ocr',
  ...changes,
});

const plain: PdfFacts = {
  version: '1.7',
  encryption: 'NONE',
  javaScript: false,
  launchActions: false,
  embeddedFiles: false,
  signatures: 0,
  form: 'NONE',
};

const scan = (changes: Partial<Inspection> = {}): Inspection => {
  const pages = changes.pages ?? [page()];
  return { bytes: 400_000, type: 'PDF', pageCount: pages.length, largestPixels: 1, pdf: plain, pages, ...changes };
};

const rules: IntakeRules = { ...lawfulScan, declaredPages: 1, limits: defaultInspectionLimits };
const codes = (findings: readonly Finding[]): string[] => findings.map(({ code }) => code);
const judged = (inspection: Inspection, changes: Partial<IntakeRules> = {}): Finding[] =>
  intakeFindings(inspection, { ...rules, ...changes });

describe('intake', () => {
  it('has nothing to say about a colour scan of 200 dpi with the declared number of pages', () => {
    expect(judged(scan())).toEqual([]);
  });

  it('passes A4 of 1654 x 2339 pixels and refuses 1240 x 1754 (FR-12)', () => {
    const dpiOf = (pixels: number, points: number) => (pixels * 72) / points;
    expect(judged(scan({ pages: [page({ dpi: dpiOf(1654, 595.5) })] }))).toEqual([]);
    expect(judged(scan({ pages: [page({ dpi: dpiOf(1240, 595.28) })] }))).toEqual([
      { code: 'SCAN_DPI_TOO_LOW', severity: 'REFUSAL', page: 1, params: { page: 1, dpi: 150, minDpi: 200 } },
    ]);
  });

  it.each(['GREY', 'BILEVEL'] as const)('refuses a %s page of a type that requires colour (FR-12)', (mode) => {
    const inspection = scan({ pages: [page(), page({ number: 2, storedAs: mode, content: mode })] });
    expect(judged(inspection, { declaredPages: 2 })).toMatchObject([{ code: 'SCAN_NOT_COLOUR', page: 2 }]);
    expect(judged(inspection, { declaredPages: 2, colourRequired: false })).toEqual([]);
  });

  it('refuses a grey scan in RGB clothing, but not the plain second page of a colour scan', () => {
    expect(codes(judged(scan({ pages: [page({ content: 'GREY' })] })))).toEqual(['SCAN_NOT_COLOUR']);
    expect(judged(scan({ pages: [page(), page({ number: 2, content: 'GREY' })] }), { declaredPages: 2 })).toEqual([]);
  });

  it('does not ask dpi or colour of a page that is digital', () => {
    const digital = page({ decision: 'keep-text', dpi: undefined, storedAs: 'GREY', content: 'GREY' });
    expect(judged(scan({ pages: [digital] }))).toEqual([]);
  });

  it('refuses when images and paper pages differ in number (FR-13), and asks nothing when nothing was declared', () => {
    expect(judged(scan(), { declaredPages: 3 })).toEqual([
      { code: 'PAGE_COUNT_MISMATCH', severity: 'REFUSAL', page: undefined, params: { declared: 3, found: 1 } },
    ]);
    expect(judged(scan(), { declaredPages: undefined })).toEqual([]);
  });

  it('refuses what a PDF must not carry, each by its own code (FR-11)', () => {
    const pdf: PdfFacts = {
      ...plain,
      version: '1.3',
      encryption: 'EMPTY_PASSWORD',
      javaScript: true,
      launchActions: true,
      embeddedFiles: true,
    };
    expect(codes(judged(scan({ pdf })))).toEqual([
      'PDF_ENCRYPTED',
      'PDF_JAVASCRIPT',
      'PDF_LAUNCH_ACTION',
      'PDF_EMBEDDED_FILES',
      'PDF_VERSION_TOO_OLD',
    ]);
  });

  it('says once that a file is locked, and does not guess its pages', () => {
    const locked = scan({ obstacle: 'PASSWORD', pdf: { ...plain, encryption: 'PASSWORD' }, pages: [], pageCount: 0 });
    expect(codes(judged(locked))).toEqual(['PDF_ENCRYPTED']);
  });

  it.each([
    ['EMPTY', 'FILE_EMPTY'],
    ['TYPE_NOT_ACCEPTED', 'TYPE_NOT_ACCEPTED'],
    ['FILE_TOO_LARGE', 'FILE_TOO_LARGE'],
    ['TRUNCATED', 'FILE_TRUNCATED'],
    ['DAMAGED', 'FILE_DAMAGED'],
    ['TOO_MANY_PAGES', 'TOO_MANY_PAGES'],
    ['IMAGE_TOO_LARGE', 'IMAGE_TOO_LARGE'],
  ] as const)('refuses a file that is %s', (obstacle, code) => {
    const findings = judged(scan({ obstacle, pdf: undefined, pages: [], pageCount: 0 }));
    expect(findings).toMatchObject([{ code, severity: 'REFUSAL' }]);
  });

  it('warns of blank, skewed and faint pages, and lets them pass (FR-14)', () => {
    const pages = [
      page(),
      page({ number: 2, blank: true, decision: 'blank' }),
      page({ number: 3, skewDegrees: -2.4 }),
      page({ number: 4, skewDegrees: 1.9 }),
      page({ number: 5, decision: 'needs-human' }),
    ];
    expect(judged(scan({ pages }), { declaredPages: 5 })).toEqual([
      { code: 'BLANK_PAGE', severity: 'WARNING', page: 2, params: { page: 2 } },
      { code: 'SKEWED', severity: 'WARNING', page: 3, params: { page: 3, degrees: 2.4 } },
      { code: 'LOW_CONTRAST', severity: 'WARNING', page: 5, params: { page: 5 } },
    ]);
  });

  it('fills every placeholder of the text that belongs to a finding', () => {
    const findings = [
      ...judged(scan({ obstacle: 'FILE_TOO_LARGE', pages: [] })),
      ...judged(scan({ obstacle: 'TYPE_NOT_ACCEPTED', seems: 'ZIP', pages: [] })),
      ...judged(scan({ obstacle: 'TOO_MANY_PAGES', pages: [] })),
      ...judged(scan({ obstacle: 'IMAGE_TOO_LARGE', pages: [] })),
      ...judged(scan({ pdf: { ...plain, version: '1.2' } }), { declaredPages: 9 }),
      ...judged(scan({ pages: [page({ dpi: 90, storedAs: 'GREY', skewDegrees: 5, blank: true })] })),
    ];
    expect(new Set(codes(findings)).size).toBe(10);
    for (const { code, params } of findings) {
      const { vi, en } = errorCatalogue[findingErrorCode(code)];
      for (const text of [vi, en])
        for (const [, name] of text.matchAll(/\{(\w+)\}/gu))
          expect([code, Object.keys(params)]).toEqual([code, expect.arrayContaining([name])]);
    }
  });
});
