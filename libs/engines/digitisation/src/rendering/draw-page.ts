import sharp from 'sharp';
import { headOf } from '../inspection/file-head.js';
import { fileType } from '../inspection/file-type.js';
import { paperSize } from '../inspection/image-size.js';
import { seenSize } from '../inspection/inspect-image.js';
import { PdfDocument } from '../inspection/pdf-document.js';
import type { PageRaster } from './page-raster.js';

const drawImage = async (path: string, number: number, dpi: number): Promise<PageRaster> => {
  const page = number - 1;
  const metadata = await sharp(path, { page, limitInputPixels: false }).metadata();
  const { width, height } = seenSize(metadata);
  const paper = paperSize(width, height, metadata.density);
  const used = Math.min(dpi, paper.dpi);
  const { data, info } = await sharp(path, { page, limitInputPixels: false })
    .autoOrient()
    .flatten({ background: 'white' })
    .resize({
      width: Math.round((width * used) / paper.dpi),
      height: Math.round((height * used) / paper.dpi),
      fit: 'fill',
    })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return {
    width: info.width,
    height: info.height,
    channels: info.channels === 1 ? 1 : 3,
    pixels: data,
    dpi: used,
    toPage: [paper.widthPoints / info.width, 0, 0, -paper.heightPoints / info.height, 0, paper.heightPoints],
  };
};

/** One page as pixels, annotations off. Runs in a child process, on a file that passed inspection. */
export const drawPage = async (path: string, number: number, dpi: number): Promise<PageRaster> => {
  if (fileType(await headOf(path)).type !== 'PDF') return drawImage(path, number, dpi);
  const document = await PdfDocument.open(path);
  if (typeof document === 'string') throw new Error(`the document does not open: ${document}`);
  try {
    return document.withPage(number, (page) => page.render(dpi));
  } finally {
    document.close();
  }
};
