import { vietnamDotted, vietnamIso } from '#kernel';
import { type Box, pointsPerMillimetre } from '#engines/pdf';
import { fitInto } from './draw-slot.js';
import type { SignatureImage } from './signature-image.js';
import type { SignatureSlot } from './signature-slot.js';
import { measureText } from './tinos-font.js';

/** How the signing time is printed: `2026-03-05T16:29:22+07:00` or `05.03.2026 16:29:22 +07:00` (FR-44). */
export type TimeMask = 'ISO' | 'DOTTED';

// Decree 30/2020, Appendix I, II.8.b: Times New Roman, upright, size 10, black.
const FONT_SIZE = 10;
const MAX_TEXT_WIDTH = 220;

const printed = (at: Date, mask: TimeMask = 'ISO'): string => (mask === 'ISO' ? vietnamIso(at) : vietnamDotted(at));

/** Breaks a text at spaces so that no line is wider than a corner block may be. */
const wrap = (text: string): string[] => {
  const lines: string[] = [];
  for (const word of text.normalize('NFC').split(/\s+/).filter(Boolean)) {
    const last = lines.at(-1);
    const longer = last === undefined ? word : `${last} ${word}`;
    if (last === undefined || measureText(longer, FONT_SIZE) > MAX_TEXT_WIDTH) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
};

const cornerText = (
  corner: 'TOP_LEFT' | 'TOP_RIGHT',
  texts: readonly string[],
  avoid?: readonly Box[],
): SignatureSlot => ({
  page: 1,
  place: { kind: 'CORNER', corner, avoid },
  content: { kind: 'TEXT', lines: texts.flatMap(wrap), fontSize: FONT_SIZE },
});

interface CornerOptions {
  readonly at: Date;
  readonly mask?: TimeMask;
  /** Boxes on page 1 to keep clear of, in display space: QR codes, printed text. */
  readonly avoid?: readonly Box[];
}

/** Signature of the person who scanned: page 1, top left, name and scan time (Circular 01/2023 Art. 8; FR-39). */
export const scanSignatureSlot = (input: CornerOptions & { readonly scannerName: string }): SignatureSlot =>
  cornerText(
    'TOP_LEFT',
    [`Người số hóa: ${input.scannerName}`, `Thời gian: ${printed(input.at, input.mask)}`],
    input.avoid,
  );

/**
 * Signature of the authorised person: the blue handwritten image centred in the box between title and name
 * (Decree 30/2020, Appendix I, II.7.d; FR-40).
 * @param input.box in display space; the slot's own box is that of the image as drawn
 */
export const authorisedPersonSlot = (input: {
  readonly image: SignatureImage;
  readonly page: number | 'LAST';
  readonly box: Box;
}): SignatureSlot & { readonly place: { readonly kind: 'BOX'; readonly box: Box } } => {
  const { width, height } = fitInto(input.image, input.box);
  const x = input.box.x + (input.box.width - width) / 2;
  const y = input.box.y + (input.box.height - height) / 2;
  return {
    page: input.page,
    place: { kind: 'BOX', box: { x, y, width, height } },
    content: { kind: 'IMAGE', image: input.image },
  };
};

/**
 * Signature of the agency: the red seal at real size, covering a third of the signer's image on its left
 * (Decree 30/2020, Appendix I, II.8.a; FR-41).
 * @param input.widthMillimetres of the real seal
 * @param input.signerBox box of the signer's image as drawn, in display space
 */
export const agencySealSlot = (input: {
  readonly image: SignatureImage;
  readonly widthMillimetres: number;
  readonly page: number | 'LAST';
  readonly signerBox: Box;
}): SignatureSlot => {
  const width = input.widthMillimetres * pointsPerMillimetre;
  const height = (width * input.image.height) / input.image.width;
  const { signerBox } = input;
  return {
    page: input.page,
    place: {
      kind: 'BOX',
      box: {
        x: signerBox.x + signerBox.width / 3 - width,
        y: signerBox.y + (signerBox.height - height) / 2,
        width,
        height,
      },
    },
    content: { kind: 'IMAGE', image: input.image },
  };
};

/** Agency signature on an attachment in a file of its own: page 1, top right, no image (II.8.b; FR-42). */
export const attachmentSlot = (
  input: CornerOptions & {
    /** Number and symbol of the main document, e.g. `15/QĐ-UBND`. */
    readonly documentNumber: string;
  },
): SignatureSlot => cornerText('TOP_RIGHT', [input.documentNumber, printed(input.at, input.mask)], input.avoid);

/** The three lawful kinds of copy (Decree 30/2020 Art. 25). */
export type CopyForm = 'SAO Y' | 'SAO LỤC' | 'TRÍCH SAO';

/** Agency signature on an electronic copy: page 1, top right: kind, agency, time (Appendix I, Part II; FR-43). */
export const certifiedCopySlot = (
  input: CornerOptions & { readonly form: CopyForm; readonly agencyName: string },
): SignatureSlot => cornerText('TOP_RIGHT', [input.form, input.agencyName, printed(input.at, input.mask)], input.avoid);
