import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { PDFDocument } from '@cantoo/pdf-lib';
import fontkit from '@pdf-lib/fontkit';
import type { CalendarDate } from '#domain/catalogue';
import { documentOrdinal, type SigningRequest } from './signing-request.js';

// Times-metric with every Vietnamese letter: Decree 30/2020 App. I asks for Times New Roman, which may not be embedded freely.
const resolve = createRequire(import.meta.url).resolve;
const uprightFile = resolve('@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf');
const italicFile = resolve('@expo-google-fonts/tinos/400Regular_Italic/Tinos_400Regular_Italic.ttf');

/** Number line and place-and-date line, when the draft does not say (Decree 30/2020 App. I, II.3 and II.4). */
const usualFontSize = 13;

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
  const pdf = await PDFDocument.load(draft, { updateMetadata: false });
  pdf.registerFontkit(fontkit);
  const upright = await pdf.embedFont(await readFile(uprightFile), { subset: true });
  pdf.getPage(numberSlot.page - 1).drawText(documentOrdinal(number), {
    x: numberSlot.x,
    y: numberSlot.y,
    size: numberSlot.fontSize ?? usualFontSize,
    font: upright,
  });
  if (dateSlots) {
    const italic = await pdf.embedFont(await readFile(italicFile), { subset: true });
    const page = pdf.getPage(dateSlots.page - 1);
    const print = (slot: { readonly x: number } | undefined, text: string): void => {
      if (slot)
        page.drawText(text, { x: slot.x, y: dateSlots.y, size: dateSlots.fontSize ?? usualFontSize, font: italic });
    };
    const [year = '', month = '', day = ''] = date.split('-');
    print(dateSlots.day, day);
    // Only January and February are written with a leading zero.
    print(dateSlots.month, Number(month) < 3 ? month : String(Number(month)));
    print(dateSlots.year, year);
  }
  return pdf.save({ useObjectStreams: false });
}
