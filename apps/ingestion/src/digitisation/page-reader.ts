import {
  dpiForReading,
  OcrEngine,
  type OcrPage,
  readPageText,
  renderPage,
  type PageInspection,
} from '#engines/digitisation';
import { DomainError } from '#kernel';
import { ObjectStore } from '#platform/storage';
import { Injectable } from '@nestjs/common';
import type { Scan } from '../scans/scan.js';

const nothing: OcrPage = { words: [], lines: [], meanConfidence: 0, skewDegrees: 0 };

/** Reads one page of a scan as its inspection decided: the file's own text, or the picture, or nothing on a blank page. */
@Injectable()
export class PageReader {
  constructor(
    private readonly store: ObjectStore,
    private readonly engine: OcrEngine,
  ) {}

  /** @throws DomainError of rendering and reading; the signal's reason when aborted */
  async read(scan: Scan, number: number, signal: AbortSignal): Promise<OcrPage> {
    const page: PageInspection | undefined = scan.inspection.pages[number - 1];
    if (!page) throw new DomainError('scan-page-not-found', { page: number });
    if (page.decision === 'blank') return nothing;
    const file = await this.store.checkOut(scan.pdf.sha256);
    try {
      if (page.decision === 'keep-text') return await readPageText(file.path, number, { signal });
      // A page that needs a human is read all the same: a poor proposal is more help than none.
      const raster = await renderPage(file.path, number, dpiForReading(page), { signal });
      return await this.engine.recognise(raster, { signal });
    } finally {
      await file.discard();
    }
  }
}
