import { Injectable } from '@nestjs/common';
import { DomainError } from '#kernel';
import { type Box, PdfDocument } from '#engines/pdf';
import {
  agencySealSlot,
  authorisedPersonSlot,
  readSignatureFields,
  readSignatureImage,
  scanSignatureSlot,
  type SignatureImage,
  signPdf,
} from '#engines/signatures';
import type { OpenedKey } from './keys/key-ring.js';
import type { NumberSlot, SignerSlot } from './requests/signing-request.js';

/** A document to be signed is held in memory once; results are far smaller than this. */
export const maxDocumentBytes = 50 * 1024 * 1024;

/** Agencies that registered no seal size get the usual one of a commune. */
const usualSealDiameterMm = 36;

/** What a draft must be, and where things go when its author did not say. */
export interface DraftLayout {
  readonly pages: number;
  readonly defaultSignerSlot: SignerSlot;
  readonly defaultNumberSlot: NumberSlot;
  /** @throws DomainError `signature-slot-invalid` */
  assertOnPage(slot: {
    readonly page: number;
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  }): void;
}

/** The lawful layouts of the three signatures this service makes, on top of the signature engine. */
@Injectable()
export class DocumentSigner {
  /** @throws DomainError `draft-already-signed`, `pdf-*` */
  readDraft(pdf: Uint8Array): DraftLayout {
    const document = PdfDocument.open(pdf);
    if (readSignatureFields(document).some((field) => field.dict.has('V')))
      throw new DomainError('draft-already-signed');
    const last = document.page(document.pageCount - 1).geometry;
    const first = document.page(0).geometry;
    return {
      pages: document.pageCount,
      // Decree 30/2020 App. I: signature cell in the right half above the lower margin, number line top left under the agency's name.
      defaultSignerSlot: {
        page: document.pageCount,
        x: last.width * 0.58,
        y: last.height * 0.17,
        width: 125,
        height: 85,
      },
      defaultNumberSlot: { page: 1, x: 130, y: first.height - 103 },
      assertOnPage: (slot) => {
        const wrong = new DomainError('signature-slot-invalid', { page: String(slot.page) });
        if (slot.page < 1 || slot.page > document.pageCount) throw wrong;
        const { width, height } = document.page(slot.page - 1).geometry;
        if (slot.x < 0 || slot.y < 0 || slot.x + slot.width > width || slot.y + slot.height > height) throw wrong;
      },
    };
  }

  /** Blue image of the handwritten signature, centred in its slot (Decree 30/2020 App. I, II.7.d). */
  async signAsPerson(
    pdf: Uint8Array,
    key: OpenedKey,
    input: { readonly slot: SignerSlot; readonly image: Uint8Array; readonly at: Date },
  ): Promise<Uint8Array> {
    const image = await readSignatureImage(input.image);
    return signPdf(pdf, key.key, {
      signedAt: input.at,
      signerName: key.holderName,
      slot: authorisedPersonSlot({ image, page: input.slot.page, box: input.slot }),
    });
  }

  /** Red seal at real size over a third of the signer's image, on its left (Decree 30/2020 App. I, II.8.a). */
  async signAsAgency(
    pdf: Uint8Array,
    key: OpenedKey,
    input: {
      readonly signerSlot: SignerSlot;
      readonly signerImage: Uint8Array;
      readonly sealImage: Uint8Array;
      readonly sealDiameterMm?: number;
      readonly at: Date;
    },
  ): Promise<Uint8Array> {
    const signer: SignatureImage = await readSignatureImage(input.signerImage);
    const signerBox: Box = authorisedPersonSlot({ image: signer, page: input.signerSlot.page, box: input.signerSlot })
      .place.box;
    return signPdf(pdf, key.key, {
      signedAt: input.at,
      signerName: key.holderName,
      slot: agencySealSlot({
        image: await readSignatureImage(input.sealImage),
        widthMillimetres: input.sealDiameterMm ?? usualSealDiameterMm,
        page: input.signerSlot.page,
        signerBox,
      }),
    });
  }

  /** Name and scan time, top left of page 1 (Circular 01/2023 Art. 8). */
  async signScan(
    pdf: Uint8Array,
    key: OpenedKey,
    input: { readonly scannedAt: Date; readonly at: Date },
  ): Promise<Uint8Array> {
    return signPdf(pdf, key.key, {
      signedAt: input.at,
      signerName: key.holderName,
      slot: scanSignatureSlot({ scannerName: key.holderName, at: input.scannedAt }),
    });
  }
}
