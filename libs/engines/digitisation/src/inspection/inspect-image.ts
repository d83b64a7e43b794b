import { open } from 'node:fs/promises';
import sharp, { type Metadata } from 'sharp';
import type { Raster } from '../rendering/page-raster.js';
import { paperSize } from './image-size.js';
import type { ColourMode, FileType, Inspection, InspectionLimits, PageInspection } from './inspection.js';
import { decidePage, isBlank } from './page-decision.js';
import { glanceSize, pixelFacts } from './pixel-facts.js';

const tailBytes = 65_536;
/** The marker with which a complete file ends; cameras and scanners append data of their own after it. */
const endMarker: Partial<Record<FileType, Buffer>> = {
  JPEG: Buffer.from([0xff, 0xd9]),
  PNG: Buffer.from('IEND', 'latin1'),
};

/** A TIFF's directory often stands last; its header says where. */
const directoryOffset = (header: Buffer): number =>
  header[0] === 0x49 ? header.readUInt32LE(4) : header.readUInt32BE(4);

const isComplete = async (path: string, bytes: number, type: FileType): Promise<boolean> => {
  const marker = endMarker[type];
  const file = await open(path);
  try {
    if (!marker) return directoryOffset((await file.read(Buffer.alloc(8), 0, 8, 0)).buffer) < bytes;
    const length = Math.min(bytes, tailBytes);
    const { buffer } = await file.read(Buffer.alloc(length), 0, length, bytes - length);
    return buffer.includes(marker);
  } finally {
    await file.close();
  }
};

const storedAs = (metadata: Metadata): ColourMode => {
  if (metadata.bitsPerSample === 1 && (metadata.channels ?? 1) === 1) return 'BILEVEL';
  return metadata.space === 'b-w' || metadata.space === 'grey16' || (metadata.channels ?? 3) < 3 ? 'GREY' : 'COLOUR';
};

/** Width and height as the image is to be seen, EXIF orientation applied. */
export const seenSize = (metadata: Metadata): { readonly width: number; readonly height: number } =>
  metadata.autoOrient ?? { width: metadata.width ?? 0, height: metadata.height ?? 0 };

const glance = async (path: string, page: number, limits: InspectionLimits): Promise<Raster> => {
  const { data, info } = await sharp(path, { page, limitInputPixels: limits.maxPixels, failOn: 'error' })
    .autoOrient()
    .flatten({ background: 'white' })
    .resize({ width: glanceSize, height: glanceSize, fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, channels: info.channels === 1 ? 1 : 3, pixels: data };
};

const inspectPage = (metadata: Metadata, seen: Raster, number: number): PageInspection => {
  const { width, height } = seenSize(metadata);
  const paper = paperSize(width, height, metadata.density);
  const facts = {
    ...pixelFacts(seen, storedAs(metadata)),
    textCharacters: 0,
    unmappedCharacters: 0,
    imageCoverage: 1,
  };
  return {
    number,
    widthPoints: paper.widthPoints,
    heightPoints: paper.heightPoints,
    pixelWidth: width,
    pixelHeight: height,
    placedWidthPoints: paper.widthPoints,
    placedHeightPoints: paper.heightPoints,
    dpi: paper.dpi,
    storedAs: storedAs(metadata),
    ...facts,
    blank: isBlank(facts),
    decision: decidePage(facts),
  };
};

/** Facts about a JPEG, PNG or TIFF. Runs in a child process; sizes are read from headers before anything is decoded. */
export const inspectImage = async (
  path: string,
  bytes: number,
  type: FileType,
  limits: InspectionLimits,
): Promise<Inspection> => {
  const known = { bytes, type, pageCount: 0, largestPixels: 0, pages: [] };
  let pageCount = 0;
  let largestPixels = 0;
  try {
    const first = await sharp(path, { limitInputPixels: false }).metadata();
    pageCount = type === 'TIFF' ? (first.pages ?? 1) : 1;
    if (pageCount > limits.maxPages) return { ...known, pageCount, obstacle: 'TOO_MANY_PAGES' };
    const headers: Metadata[] = [];
    for (let page = 0; page < pageCount; page += 1) {
      const metadata = await sharp(path, { page, limitInputPixels: false }).metadata();
      headers.push(metadata);
      largestPixels = Math.max(largestPixels, (metadata.width ?? 0) * (metadata.height ?? 0));
    }
    if (largestPixels > limits.maxPixels) return { ...known, pageCount, largestPixels, obstacle: 'IMAGE_TOO_LARGE' };
    if (!(await isComplete(path, bytes, type))) return { ...known, pageCount, largestPixels, obstacle: 'TRUNCATED' };
    const pages: PageInspection[] = [];
    for (const [index, metadata] of headers.entries())
      pages.push(inspectPage(metadata, await glance(path, index, limits), index + 1));
    return { bytes, type, pageCount, largestPixels, pages };
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    const cut = /premature end|truncated|unexpected end|read error|out of data|not enough data/i.test(message);
    const complete = await isComplete(path, bytes, type);
    return { ...known, pageCount, largestPixels, obstacle: cut || !complete ? 'TRUNCATED' : 'DAMAGED' };
  }
};
