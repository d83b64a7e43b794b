import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';

const run = promisify(execFile);

export const inScratchFolder = async <T>(work: (folder: string) => Promise<T>): Promise<T> => {
  const folder = await mkdtemp(join(tmpdir(), 'khoso-judge-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

export const isInstalled = (program: string): Promise<boolean> =>
  run('sh', ['-c', `command -v ${program}`]).then(
    () => true,
    () => false,
  );

const packages = { openssl: 'openssl', pdfsig: 'poppler-utils', qpdf: 'qpdf' } as const;

/** Programs of others that judge what we made. */
export type Judge = keyof typeof packages;
export const allJudges = Object.keys(packages) as readonly Judge[];

/** Whether the judge is here; when it is not, says how to get it. @throws in CI, where all must be */
export const isAsked = async (judge: Judge): Promise<boolean> => {
  if (await isInstalled(judge)) return true;
  if (process.env.CI === 'true') throw new Error(`${judge} is missing: install ${packages[judge]}.`);
  process.stderr.write(`\n  NOT ASKED: ${judge}. To have its judgement: install ${packages[judge]}\n\n`);
  return false;
};

export const openssl = async (...args: readonly string[]): Promise<string> => (await run('openssl', [...args])).stdout;

/** The CMS of every signature, with the bytes it covers, read without any of our own code. */
export const signaturesOf = (pdf: Buffer): { readonly cms: Buffer; readonly content: Buffer; readonly end: number }[] =>
  [...pdf.toString('latin1').matchAll(/\/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]/g)].map((match) => {
    const [a = 0, b = 0, c = 0, d = 0] = match.slice(1).map(Number);
    const padded = Buffer.from(pdf.subarray(a + b + 1, c - 1).toString('latin1'), 'hex');
    // The place is larger than the CMS: a DER SEQUENCE says its own length, here in two octets.
    const length = padded.readUInt16BE(2) + 4;
    return {
      cms: padded.subarray(0, length),
      content: Buffer.concat([pdf.subarray(a, a + b), pdf.subarray(c, c + d)]),
      end: c + d,
    };
  });

/**
 * OpenSSL's opinion of each signature; throws what it prints when it refuses one. Where it is not installed, and not in
 * CI, that is said and the signatures are only counted.
 */
export const verifyWithOpenssl = (pdf: Buffer, rootFile: string): Promise<number> =>
  inScratchFolder(async (folder) => {
    const signatures = signaturesOf(pdf);
    if (!(await isAsked('openssl'))) return signatures.length;
    for (const [index, { cms, content }] of signatures.entries()) {
      const [cmsFile, contentFile] = [join(folder, `${index}.der`), join(folder, `${index}.bin`)];
      await writeFile(cmsFile, cms);
      await writeFile(contentFile, content);
      await run('openssl', [
        ...['cms', '-verify', '-inform', 'DER', '-in', cmsFile, '-content', contentFile, '-binary'],
        ...['-CAfile', rootFile, '-purpose', 'any', '-out', join(folder, 'out')],
      ]);
    }
    return signatures.length;
  });

/** Poppler's report. */
export const pdfsig = (pdf: Buffer): Promise<string> =>
  inScratchFolder(async (folder) => {
    await writeFile(join(folder, 'a.pdf'), pdf);
    return (await run('pdfsig', ['-nocert', join(folder, 'a.pdf')])).stdout;
  });

/** qpdf's report; throws on an error or a warning. */
export const qpdfCheck = (pdf: Buffer): Promise<string> =>
  inScratchFolder(async (folder) => {
    await writeFile(join(folder, 'a.pdf'), pdf);
    return (await run('qpdf', ['--check', join(folder, 'a.pdf')])).stdout;
  });

/** The text of the first page, spaces as one. */
export const textOfFirstPage = (pdf: Buffer): Promise<string> =>
  inScratchFolder(async (folder) => {
    await writeFile(join(folder, 'a.pdf'), pdf);
    const { stdout } = await run('pdftotext', ['-layout', '-l', '1', join(folder, 'a.pdf'), '-']);
    return stdout.replace(/\s+/g, ' ');
  });

interface Word {
  readonly text: string;
  /** Points from the upper left corner. */
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** The words of the first page and their boxes, as Poppler reads them. */
export const wordsOfFirstPage = (pdf: Buffer): Promise<Word[]> =>
  inScratchFolder(async (folder) => {
    await writeFile(join(folder, 'a.pdf'), pdf);
    const { stdout } = await run('pdftotext', ['-bbox', '-l', '1', join(folder, 'a.pdf'), '-']);
    const word = /<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)</g;
    return [...stdout.matchAll(word)].map(([, left, top, right, bottom, text = '']) => ({
      text,
      left: Number(left),
      right: Number(right),
      top: Number(top),
      bottom: Number(bottom),
    }));
  });

/** Lists the embedded images. */
export const imagesOf = (pdf: Buffer): Promise<string[]> =>
  inScratchFolder(async (folder) => {
    await writeFile(join(folder, 'a.pdf'), pdf);
    const { stdout } = await run('pdfimages', ['-list', join(folder, 'a.pdf')]);
    return stdout.trim().split('\n').slice(2);
  });

interface Raster {
  readonly width: number;
  readonly height: number;
  /** Three octets a pixel. */
  readonly rgb: Buffer;
}

/** The first page at 72 dpi: one pixel is one point. */
export const renderFirstPage = (pdf: Buffer): Promise<Raster> =>
  inScratchFolder(async (folder) => {
    await writeFile(join(folder, 'a.pdf'), pdf);
    const page = ['-f', '1', '-l', '1', '-singlefile'];
    await run('pdftoppm', ['-png', '-r', '72', ...page, join(folder, 'a.pdf'), join(folder, 'p')]);
    const { data, info } = await sharp(join(folder, 'p.png')).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    return { width: info.width, height: info.height, rgb: data };
  });

/** Where the ink of one colour lies, in points from the lower left corner. */
export const inkOf = (
  { width, height, rgb }: Raster,
  isInk: (red: number, green: number, blue: number) => boolean,
): { readonly left: number; readonly right: number; readonly bottom: number; readonly top: number } => {
  const found = { left: width, right: 0, bottom: height, top: 0 };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [red = 255, green = 255, blue = 255] = rgb.subarray((y * width + x) * 3, (y * width + x) * 3 + 3);
      if (!isInk(red, green, blue)) continue;
      found.left = Math.min(found.left, x);
      found.right = Math.max(found.right, x + 1);
      found.bottom = Math.min(found.bottom, height - y - 1);
      found.top = Math.max(found.top, height - y);
    }
  }
  return found;
};
