import { DomainError, vietnamDate } from '#kernel';
import { type Box, type PdfDocument, pointsPerMillimetre } from '#engines/pdf';
import { openUnsigned } from './open-unsigned.js';
import { printNumber } from './print-number.js';
import type { DateSlots, NumberSlot, SignerSlot } from './signing-request.js';

/** Where number, date and signatures go on a draft. */
export interface DraftLayout {
  readonly pages: number;
  readonly signerSlot: SignerSlot;
  readonly numberSlot: NumberSlot;
  readonly dateSlots?: DateSlots;
}

/**
 * Reads a draft and settles its slots, so that whatever cannot be numbered, signed or sealed is refused now and not
 * when the leader or the clerk sits in front of it.
 * @param wanted what the author said; the usual places of Decree 30/2020 App. I for the rest
 * @throws DomainError `pdf-*`, `pdf-javascript`, `draft-already-signed`, `signature-slot-invalid`, `draft-not-printable`
 */
export async function settleLayout(
  draft: Uint8Array,
  wanted: Partial<Omit<DraftLayout, 'pages'>>,
  options: { readonly sealDiameterMm: number; readonly now: Date },
): Promise<DraftLayout> {
  const document = openUnsigned(draft, 'draft-already-signed');
  const pages = document.pageCount;
  const layout = {
    pages,
    signerSlot: wanted.signerSlot ?? usualSignerSlot(document),
    numberSlot: wanted.numberSlot ?? usualNumberSlot(document),
    dateSlots: wanted.dateSlots,
  };
  const assertOnPage = (page: number, box: Box): void => {
    if (page > pages || !isInside(box, document.page(page - 1).geometry)) {
      throw new DomainError('signature-slot-invalid', { page: String(page) });
    }
  };
  const { signerSlot, numberSlot, dateSlots } = layout;
  assertOnPage(signerSlot.page, signerSlot);
  assertOnPage(signerSlot.page, sealBox(signerSlot, options.sealDiameterMm));
  assertOnPage(numberSlot.page, gapBox(numberSlot));
  if (dateSlots) {
    const { page, y, day, month, year } = dateSlots;
    for (const part of [day, month, year]) if (part) assertOnPage(page, gapBox({ ...part, y }));
  }
  // Printing goes through a library that reads fewer files than the engine does.
  await printNumber(draft, layout, 1, vietnamDate(options.now)).catch((cause: unknown) => {
    throw cause instanceof DomainError ? cause : new DomainError('draft-not-printable', {}, { cause });
  });
  return layout;
}

/** Signature cell in the right half, above the lower margin (Decree 30/2020 App. I, cell 7c). */
const usualSignerSlot = (document: PdfDocument): SignerSlot => {
  const { width, height } = document.page(document.pageCount - 1).geometry;
  return { page: document.pageCount, x: width * 0.58, y: height * 0.17, width: 125, height: 85 };
};

/** Number line top left, under the agency's name (cell 3). */
const usualNumberSlot = (document: PdfDocument): NumberSlot => ({
  page: 1,
  x: 130,
  y: document.page(0).geometry.height - 103,
});

/** The furthest the seal reaches: over a third of a signature that fills the width of its slot, on its left. */
const sealBox = (slot: SignerSlot, diameterMm: number): Box => {
  const diameter = diameterMm * pointsPerMillimetre;
  return {
    x: slot.x + slot.width / 3 - diameter,
    y: slot.y + (slot.height - diameter) / 2,
    width: diameter,
    height: diameter,
  };
};

/** The baseline of a gap. */
const gapBox = ({ x, y, width }: { readonly x: number; readonly y: number; readonly width?: number }): Box => ({
  x,
  y,
  width: width ?? 0,
  height: 0,
});

const isInside = (box: Box, page: { readonly width: number; readonly height: number }): boolean =>
  box.x >= 0 && box.y >= 0 && box.x + box.width <= page.width && box.y + box.height <= page.height;
