import type { PageInspection } from '../inspection/inspection.js';
import type { OcrPage } from '../ocr/ocr-engine.port.js';
import { documentChild } from '../process/document-child.js';
import type { ChildLimits } from '../process/child-process.js';
import type { PageRaster } from './page-raster.js';

export const defaultPageLimits: ChildLimits = { timeoutMs: 60_000, memoryMb: 1536 };

const codes = { timedOut: 'page-timed-out', failed: 'page-not-readable' } as const;

const readingDpi = { lowest: 200, highest: 300 };

/** The dpi at which a page is best read: the scan's own, between 200 and 300. */
export const dpiForReading = (page: PageInspection): number =>
  Math.min(Math.max(page.dpi ?? readingDpi.highest, readingDpi.lowest), readingDpi.highest);

/**
 * One page of a file that passed inspection, as it is to be seen: rotation applied, on white, without annotations.
 * @param pageNumber from 1; @param dpi pixels per inch wanted (at most 60 megapixels are made; a bare image is never
 * enlarged): the raster says what was used
 * @throws DomainError `page-timed-out`, `page-not-readable`
 */
export const renderPage = (
  path: string,
  pageNumber: number,
  dpi: number,
  options: { readonly limits?: ChildLimits; readonly signal?: AbortSignal } = {},
): Promise<PageRaster> =>
  documentChild<PageRaster>(
    { operation: 'render', path, page: pageNumber, dpi },
    options.limits ?? defaultPageLimits,
    options.signal,
    codes,
  );

/**
 * The words of a PDF page whose decision is `keep-text`, in the shape of a recognised page, confidence 1.
 * @param pageNumber from 1
 * @throws DomainError `page-timed-out`, `page-not-readable`
 */
export const readPageText = (
  path: string,
  pageNumber: number,
  options: { readonly limits?: ChildLimits; readonly signal?: AbortSignal } = {},
): Promise<OcrPage> =>
  documentChild<OcrPage>(
    { operation: 'text', path, page: pageNumber },
    options.limits ?? defaultPageLimits,
    options.signal,
    codes,
  );
