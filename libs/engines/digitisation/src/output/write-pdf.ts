import { Readable } from 'node:stream';
import sharp from 'sharp';
import type { FileType } from '../inspection/inspection.js';
import { jpegStream, pixelStream, pngStream, type ImageStream } from './image-streams.js';
import { PdfFileWriter } from './pdf-file-writer.js';

/** Size of one page to be made, points. */
export interface ConversionPage {
  readonly widthPoints: number;
  readonly heightPoints: number;
}

/** Where the unit square of an image goes for each EXIF orientation, so that it is seen upright on a W x H page. */
const placements: Readonly<Record<number, (width: number, height: number) => readonly number[]>> = {
  1: (w, h) => [w, 0, 0, h, 0, 0],
  2: (w, h) => [-w, 0, 0, h, w, 0],
  3: (w, h) => [-w, 0, 0, -h, w, h],
  4: (w, h) => [w, 0, 0, -h, 0, h],
  5: (w, h) => [0, -h, -w, 0, w, h],
  6: (w, h) => [0, -h, w, 0, 0, h],
  7: (w, h) => [0, h, w, 0, 0, 0],
  8: (w, h) => [0, h, -w, 0, w, 0],
};

const number = (value: number): string => String(Math.round(value * 1000) / 1000);

const imageStream = async (
  path: string,
  type: FileType,
  page: number,
): Promise<ImageStream & { orientation: number }> => {
  const metadata = await sharp(path, { page, limitInputPixels: false }).metadata();
  const orientation = metadata.orientation ?? 1;
  if (type === 'JPEG') return { ...(await jpegStream(path, metadata)), orientation };
  const own = type === 'PNG' ? await pngStream(path) : undefined;
  return { ...(own ?? (await pixelStream(path, page, metadata))), orientation };
};

/** One page per image, each page as large as the paper, the image over all of it. Runs in a child process. */
export const writePdf = async (
  path: string,
  type: FileType,
  pages: readonly ConversionPage[],
  outPath: string,
): Promise<void> => {
  const writer = await PdfFileWriter.create(outPath);
  try {
    const tree = writer.reserve();
    const kids: number[] = [];
    for (const [index, { widthPoints, heightPoints }] of pages.entries()) {
      const image = await imageStream(path, type, index);
      const picture = await writer.stream(image.dictionary, image.data);
      const placement = (placements[image.orientation] ?? placements[1]!)(widthPoints, heightPoints);
      const drawing = `q ${placement.map(number).join(' ')} cm /Im0 Do Q`;
      const content = await writer.stream('', Readable.from([Buffer.from(drawing, 'latin1')]));
      kids.push(
        await writer.object(
          `<< /Type /Page /Parent ${tree} 0 R /MediaBox [0 0 ${number(widthPoints)} ${number(heightPoints)}] ` +
            `/Resources << /XObject << /Im0 ${picture} 0 R >> >> /Contents ${content} 0 R >>`,
        ),
      );
    }
    await writer.object(
      `<< /Type /Pages /Count ${kids.length} /Kids [${kids.map((kid) => `${kid} 0 R`).join(' ')}] >>`,
      tree,
    );
    await writer.finish(await writer.object(`<< /Type /Catalog /Pages ${tree} 0 R >>`));
  } finally {
    await writer.close();
  }
};
