import { renderPage } from '#engines/digitisation';
import { ObjectStore } from '#platform/storage';
import { Injectable } from '@nestjs/common';
import sharp from 'sharp';
import type { Scan } from '../scan.js';
import { Scans } from '../scans.port.js';

const screenDpi = 120;
const jpegQuality = 80;

/** Pictures of pages for the screen, rendered when asked for. */
@Injectable()
export class PageImages {
  constructor(
    private readonly scans: Scans,
    private readonly store: ObjectStore,
  ) {}

  /**
   * @returns JPEG
   * @throws DomainError `scan-page-not-found`, `page-timed-out`, `page-not-readable`
   */
  async jpeg(scan: Scan, number: number): Promise<Buffer> {
    await this.scans.page(scan.id, number);
    const file = await this.store.checkOut(scan.pdf.sha256);
    try {
      const { pixels, width, height, channels } = await renderPage(file.path, number, screenDpi);
      return await sharp(pixels, { raw: { width, height, channels } }).jpeg({ quality: jpegQuality }).toBuffer();
    } finally {
      await file.discard();
    }
  }
}
