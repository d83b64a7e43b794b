import type { Inspection, InspectionLimits, Obstacle, PageInspection, PdfFacts } from '../inspection/inspection.js';
import type { Finding, FindingCode } from './finding.js';

export interface IntakeRules {
  /** Paper pages the officer counted (FR-13); undefined when nobody was asked. */
  readonly declaredPages?: number;
  readonly minDpi: number;
  /** From the document type. */
  readonly colourRequired: boolean;
  /** Degrees beyond which a warning is given. */
  readonly maxSkewDegrees: number;
  /** The limits of the inspection: they appear in the texts. */
  readonly limits: Pick<InspectionLimits, 'maxBytes' | 'maxPages' | 'maxPixels'>;
}

/** Circular 02/2019/TT-BNV: at least 200 dpi, colour. */
export const lawfulScan = { minDpi: 200, colourRequired: true, maxSkewDegrees: 2 } as const;

const refusal = (code: FindingCode, params: Finding['params'] = {}, page?: number): Finding => ({
  code,
  severity: 'REFUSAL',
  page,
  params,
});

const pageWarning = (code: FindingCode, page: number, params: Finding['params'] = {}): Finding => ({
  code,
  severity: 'WARNING',
  page,
  params: { page, ...params },
});

const megabytes = (bytes: number): number => Math.ceil((bytes / 2 ** 20) * 10) / 10;
const megapixels = (pixels: number): number => Math.ceil(pixels / 1e6);

const obstacleFinding = (obstacle: Obstacle, inspection: Inspection, { limits }: IntakeRules): Finding => {
  switch (obstacle) {
    case 'EMPTY':
      return refusal('FILE_EMPTY');
    case 'TYPE_NOT_ACCEPTED':
      return refusal('TYPE_NOT_ACCEPTED', { seems: inspection.seems ?? '?' });
    case 'FILE_TOO_LARGE':
      return refusal('FILE_TOO_LARGE', {
        megabytes: megabytes(inspection.bytes),
        maxMegabytes: megabytes(limits.maxBytes),
      });
    case 'TRUNCATED':
      return refusal('FILE_TRUNCATED');
    case 'DAMAGED':
      return refusal('FILE_DAMAGED');
    case 'PASSWORD':
      return refusal('PDF_ENCRYPTED');
    case 'TOO_MANY_PAGES':
      return refusal('TOO_MANY_PAGES', { pages: inspection.pageCount, maxPages: limits.maxPages });
    case 'IMAGE_TOO_LARGE':
      return refusal('IMAGE_TOO_LARGE', {
        megapixels: megapixels(inspection.largestPixels),
        maxMegapixels: megapixels(limits.maxPixels),
      });
  }
};

const pdfFindings = (pdf: PdfFacts, obstacle: Obstacle | undefined): Finding[] => {
  const findings: Finding[] = [];
  // With a password nothing else about the file is known, and the obstacle says it already.
  if (obstacle === 'PASSWORD') return findings;
  if (pdf.encryption !== 'NONE') findings.push(refusal('PDF_ENCRYPTED'));
  if (pdf.javaScript) findings.push(refusal('PDF_JAVASCRIPT'));
  if (pdf.launchActions) findings.push(refusal('PDF_LAUNCH_ACTION'));
  if (pdf.embeddedFiles) findings.push(refusal('PDF_EMBEDDED_FILES'));
  if (pdf.version < '1.4') findings.push(refusal('PDF_VERSION_TOO_OLD', { version: pdf.version }));
  return findings;
};

/** A page whose text is the file's own is not a scan: dpi and colour are no question there. */
const isScan = (page: PageInspection): boolean => page.decision !== 'keep-text' && page.dpi !== undefined;

const pageFindings = (page: PageInspection, rules: IntakeRules, colourSeen: boolean): Finding[] => {
  const { number } = page;
  const findings: Finding[] = [];
  // Rounded up to a whole dpi: 1654 pixels over 210 mm are 200.05, over 8.27 in 199.998.
  if (isScan(page) && Math.round(page.dpi ?? 0) < rules.minDpi)
    findings.push(
      refusal('SCAN_DPI_TOO_LOW', { page: number, dpi: Math.round(page.dpi ?? 0), minDpi: rules.minDpi }, number),
    );
  if (rules.colourRequired && isScan(page) && (page.storedAs !== 'COLOUR' || !colourSeen))
    findings.push(refusal('SCAN_NOT_COLOUR', { page: number }, number));
  if (page.blank) findings.push(pageWarning('BLANK_PAGE', number));
  else if (page.decision === 'needs-human') findings.push(pageWarning('LOW_CONTRAST', number));
  if (Math.abs(page.skewDegrees) > rules.maxSkewDegrees)
    findings.push(pageWarning('SKEWED', number, { degrees: Math.abs(page.skewDegrees) }));
  return findings;
};

/**
 * Judges the facts of an inspection by the rules of intake (FR-11 to FR-14). A file may have several findings; any
 * REFUSAL stops it.
 *
 * Colour (FR-12): a page stored as grey or black-and-white is refused. RGB without a trace of colour is a grey scan in
 * disguise, but a colour scan of a plain second page looks the same: RGB pages are refused only if no page of the file
 * shows colour.
 */
export const intakeFindings = (inspection: Inspection, rules: IntakeRules): Finding[] => {
  const { obstacle, pages, pdf } = inspection;
  const findings: Finding[] = [];
  if (obstacle !== undefined) findings.push(obstacleFinding(obstacle, inspection, rules));
  if (pdf) findings.push(...pdfFindings(pdf, obstacle));
  if (obstacle !== undefined) return findings;
  if (rules.declaredPages !== undefined && rules.declaredPages !== inspection.pageCount)
    findings.push(refusal('PAGE_COUNT_MISMATCH', { declared: rules.declaredPages, found: inspection.pageCount }));
  const colourSeen = pages.some((page) => page.content === 'COLOUR');
  for (const page of pages) findings.push(...pageFindings(page, rules, colourSeen));
  return findings;
};
