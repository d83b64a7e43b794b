import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { degrees, PDFDocument, type PDFFont } from '@cantoo/pdf-lib';
import * as fontkit from '@cantoo/fontkit';
import type { CalendarDate } from '#kernel';
import { PdfDocument } from '#engines/pdf';
import { documentOrdinal, type SigningRequest } from './signing-request.js';

// Times-metric with every Vietnamese letter: Decree 30/2020 App. I asks for Times New Roman, which may not be embedded freely.
const fontFile = (name: string): Uint8Array =>
  readFileSync(createRequire(import.meta.url).resolve(`@expo-google-fonts/tinos/${name}`));
const fonts = {
  upright: fontFile('400Regular/Tinos_400Regular.ttf'),
  italic: fontFile('400Regular_Italic/Tinos_400Regular_Italic.ttf'),
};

/** Number line and place-and-date line, when the draft does not say (Decree 30/2020 App. I, II.3 and II.4). */
const usualFontSize = 13;

interface Gap {
  readonly page: number;
  readonly x: number;
  readonly y: number;
  readonly width?: number;
  readonly fontSize?: number;
}

/**
 * Prints number and date on an unsigned draft. They are part of the page before the first signature, so no signature
 * ever has to allow for a change.
 */
export async function printNumber(
  draft: Uint8Array,
  { numberSlot, dateSlots }: Pick<SigningRequest, 'numberSlot' | 'dateSlots'>,
  number: number,
  date: CalendarDate,
): Promise<Uint8Array> {
  const layout = PdfDocument.open(draft);
  const pdf = await PDFDocument.load(draft, { updateMetadata: false });
  pdf.registerFontkit(fontkit);

  const print = (text: string, font: PDFFont, gap: Gap): void => {
    const size = gap.fontSize ?? usualFontSize;
    const spare = gap.width === undefined ? 0 : Math.max(0, gap.width - font.widthOfTextAtSize(text, size));
    const { geometry } = layout.page(gap.page - 1);
    // Slots are where the reader sees them; a turned or cropped page is written in other coordinates.
    const [x, y] = geometry.toUserSpace({ x: gap.x + spare / 2, y: gap.y, width: 0, height: 0 });
    pdf.getPage(gap.page - 1).drawText(text, { x, y, size, font, rotate: degrees(geometry.rotation) });
  };

  print(documentOrdinal(number), await pdf.embedFont(fonts.upright, { subset: true }), numberSlot);
  if (dateSlots) {
    const italic = await pdf.embedFont(fonts.italic, { subset: true });
    const { page, y, fontSize } = dateSlots;
    const [year = '', month = '', day = ''] = date.split('-');
    print(day, italic, { page, y, fontSize, ...dateSlots.day });
    // Only January and February are written with a leading zero.
    print(Number(month) < 3 ? month : String(Number(month)), italic, { page, y, fontSize, ...dateSlots.month });
    if (dateSlots.year) print(year, italic, { page, y, fontSize, ...dateSlots.year });
  }
  return pdf.save({ useObjectStreams: false });
}
