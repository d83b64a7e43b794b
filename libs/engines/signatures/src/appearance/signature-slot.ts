import type { Box } from '#engines/pdf';
import type { SignatureImage } from './signature-image.js';

/** What is drawn in the box of a signature. */
export type SlotContent =
  | { readonly kind: 'TEXT'; readonly lines: readonly string[]; /** Points. */ readonly fontSize: number }
  | { readonly kind: 'IMAGE'; readonly image: SignatureImage };

/** Where the box goes, in display space (see `PageGeometry`). */
export type SlotPlace =
  | { readonly kind: 'BOX'; readonly box: Box }
  | {
      readonly kind: 'CORNER';
      readonly corner: 'TOP_LEFT' | 'TOP_RIGHT';
      /** Boxes on that page to keep clear of, beside the signatures already there: QR codes, printed text. */
      readonly avoid?: readonly Box[];
    };

/** The lawful place and look of one signature, as data. */
export interface SignatureSlot {
  /** 1 is the first page. */
  readonly page: number | 'LAST';
  readonly place: SlotPlace;
  readonly content: SlotContent;
}
