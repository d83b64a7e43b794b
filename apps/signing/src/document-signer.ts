import { Injectable } from '@nestjs/common';
import {
  agencySealSlot,
  attachmentSlot,
  authorisedPersonSlot,
  readSignatureImage,
  scanSignatureSlot,
  signPdf,
} from '#engines/signatures';
import type { OpenedKey } from './keys/key-ring.js';
import type { SignatureBox, SignerSlot } from './requests/signing-request.js';

/** A document to be signed is held in memory once; results are far smaller than this. */
export const maxDocumentBytes = 50 * 1024 * 1024;

/** Agencies that registered no seal size get the usual one of a commune. */
export const usualSealDiameterMm = 36;

/** The lawful layouts of the signatures this service makes, on top of the signature engine. */
@Injectable()
export class DocumentSigner {
  /**
   * Blue image of the handwritten signature, centred in its slot (Decree 30/2020 App. I, II.7.d).
   * @returns the signed file, and the box of the image as drawn
   */
  async signAsPerson(
    pdf: Uint8Array,
    key: OpenedKey,
    input: { readonly slot: SignerSlot; readonly image: Uint8Array; readonly at: Date },
  ): Promise<{ readonly pdf: Uint8Array; readonly box: SignatureBox }> {
    const image = await readSignatureImage(input.image);
    const slot = authorisedPersonSlot({ image, page: input.slot.page, box: input.slot });
    const signed = await signPdf(pdf, key.key, { signedAt: input.at, signerName: key.holderName, slot });
    return { pdf: signed, box: slot.place.box };
  }

  /** Red seal at real size over a third of the signer's image, on its left (Decree 30/2020 App. I, II.8.a). */
  async signAsAgency(
    pdf: Uint8Array,
    key: OpenedKey,
    input: {
      readonly page: number;
      readonly signatureBox: SignatureBox;
      readonly sealImage: Uint8Array;
      readonly sealDiameterMm?: number;
      readonly at: Date;
    },
  ): Promise<Uint8Array> {
    return signPdf(pdf, key.key, {
      signedAt: input.at,
      signerName: key.holderName,
      slot: agencySealSlot({
        image: await readSignatureImage(input.sealImage),
        widthMillimetres: input.sealDiameterMm ?? usualSealDiameterMm,
        page: input.page,
        signerBox: input.signatureBox,
      }),
    });
  }

  /** Number of the main document and signing time, top right of page 1, no image (Decree 30/2020 App. I, II.8.b). */
  async signAttachment(
    pdf: Uint8Array,
    key: OpenedKey,
    input: { readonly documentNumber: string; readonly at: Date },
  ): Promise<Uint8Array> {
    return signPdf(pdf, key.key, { signedAt: input.at, signerName: key.holderName, slot: attachmentSlot(input) });
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
