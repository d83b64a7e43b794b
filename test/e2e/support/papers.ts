import { PDFDocument } from '@cantoo/pdf-lib';
import sharp from 'sharp';
import { scannedPdf } from '../../medium/ingestion-papers.js';

/** Opens without a password; only printing and copying are forbidden. */
export const restrictedPdf = async (): Promise<Uint8Array> => {
  const document = await PDFDocument.load(await scannedPdf([['GIẤY KHAI SINH']]));
  document.encrypt({ ownerPassword: 'chu', permissions: { printing: false, copying: false } });
  return document.save({ useObjectStreams: false });
};

/** A script in the name tree of the document, which readers run when they open it. */
export const pdfWithNamedScript = async (): Promise<Uint8Array> => {
  const document = await PDFDocument.load(await scannedPdf([['GIẤY KHAI SINH']]));
  document.addJavaScript('chao', 'app.alert("xin chào")');
  return document.save({ useObjectStreams: false });
};

const text = (title: string, number: number) => `<svg xmlns="http://www.w3.org/2000/svg" width="827" height="1169">
  <rect width="827" height="1169" fill="#f4f1e8"/>
  <text x="413" y="180" font-family="Tinos, serif" font-size="52" font-weight="bold" text-anchor="middle">${title}</text>
  <text x="90" y="360" font-family="Tinos, serif" font-size="44">So: ${number}/2025</text>
  <circle cx="600" cy="850" r="130" fill="none" stroke="#c01818" stroke-width="8"/>
</svg>`;

/** A sheet of a few large words, A6 at 200 dpi: a page that is quick to read. */
const sheet = (title: string, number: number): Promise<Buffer> =>
  sharp(Buffer.from(text(title, number)))
    .withMetadata({ density: 200 })
    .jpeg({ quality: 80 })
    .toBuffer();

/** As many scans of one page each, no two the same. */
export const smallPages = (count: number): Promise<Buffer[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => sheet('GIAY KHAI SINH', index + 1)));

/** One PDF of sheets with few words on each. */
export const readablePages = async (count: number): Promise<Uint8Array> => {
  const document = await PDFDocument.create();
  for (let number = 1; number <= count; number++) {
    const image = await document.embedJpg(await sheet(`TRANG ${number}`, number));
    const [width, height] = [(image.width / 200) * 72, (image.height / 200) * 72];
    document.addPage([width, height]).drawImage(image, { x: 0, y: 0, width, height });
  }
  return document.save({ useObjectStreams: false });
};
