import { readFile } from 'node:fs/promises';
import type { Inspection, InspectionLimits, PageInspection, PdfFacts } from './inspection.js';
import { activeContent } from './pdf-active-content.js';
import { PdfDocument, type PdfPage } from './pdf-document.js';
import { decidePage, isBlank } from './page-decision.js';
import { glanceSize, pixelFacts } from './pixel-facts.js';

const tailBytes = 4096;

const headerVersion = (bytes: Buffer): string => /%PDF-(\d\.\d)/.exec(bytes.toString('latin1', 0, 1024))?.[1] ?? '1.0';

const later = (one: string, other: string | undefined): string => (other !== undefined && other > one ? other : one);

const inspectPage = (page: PdfPage, number: number): PageInspection => {
  const { widthPoints, heightPoints } = page;
  const images = page.images();
  const largest = images[0];
  const area = images.reduce((sum, image) => sum + image.placedWidth * image.placedHeight, 0);
  const text = page.text();
  const glance = page.render((glanceSize * 72) / Math.max(widthPoints, heightPoints));
  const storedAs = largest ? page.storedAs(largest) : 'COLOUR';
  const facts = {
    ...pixelFacts(glance, storedAs),
    textCharacters: text.visible,
    unmappedCharacters: text.unmapped,
    imageCoverage: Math.min(1, area / (widthPoints * heightPoints)),
  };
  return {
    number,
    widthPoints,
    heightPoints,
    pixelWidth: largest?.pixelWidth ?? 0,
    pixelHeight: largest?.pixelHeight ?? 0,
    placedWidthPoints: largest?.placedWidth ?? 0,
    placedHeightPoints: largest?.placedHeight ?? 0,
    dpi:
      largest &&
      Math.min((largest.pixelWidth * 72) / largest.placedWidth, (largest.pixelHeight * 72) / largest.placedHeight),
    storedAs,
    ...facts,
    blank: isBlank(facts),
    decision: decidePage(facts),
  };
};

/** Facts about a PDF. Runs in a child process. */
export const inspectPdf = async (path: string, bytes: number, limits: InspectionLimits): Promise<Inspection> => {
  const file = await readFile(path);
  const ends = file.toString('latin1', Math.max(0, file.length - tailBytes)).includes('%%EOF');
  const known = { bytes, type: 'PDF' as const, pageCount: 0, largestPixels: 0, pages: [] };
  const opened = await PdfDocument.open(path);
  if (opened === 'PASSWORD') {
    const pdf: PdfFacts = {
      version: headerVersion(file),
      encryption: 'PASSWORD',
      javaScript: false,
      launchActions: false,
      embeddedFiles: false,
      signatures: 0,
      form: 'NONE',
    };
    return { ...known, obstacle: 'PASSWORD', pdf };
  }
  if (!ends) return { ...known, obstacle: 'TRUNCATED' };
  if (opened === 'DAMAGED' || opened.pageCount < 1) return { ...known, obstacle: 'DAMAGED' };

  try {
    const active = await activeContent(file);
    const { pageCount } = opened;
    const pdf: PdfFacts = {
      version: later(headerVersion(file), active.catalogueVersion),
      encryption: opened.encrypted ? 'EMPTY_PASSWORD' : 'NONE',
      javaScript: active.javaScript,
      launchActions: active.launchActions,
      embeddedFiles: active.embeddedFiles,
      signatures: opened.signatures,
      form: opened.form,
    };
    if (pageCount > limits.maxPages) return { ...known, pageCount, pdf, obstacle: 'TOO_MANY_PAGES' };

    let largestPixels = 0;
    for (let number = 1; number <= pageCount; number += 1) {
      const largest = opened.withPage(number, (page) => page.images()[0]);
      if (largest) largestPixels = Math.max(largestPixels, largest.pixelWidth * largest.pixelHeight);
      if (largestPixels > limits.maxPixels)
        return { ...known, pageCount, largestPixels, pdf, obstacle: 'IMAGE_TOO_LARGE' };
    }
    const pages: PageInspection[] = [];
    for (let number = 1; number <= pageCount; number += 1)
      pages.push(opened.withPage(number, (page) => inspectPage(page, number)));
    return { bytes, type: 'PDF', pageCount, largestPixels, pdf, pages };
  } finally {
    opened.close();
  }
};
