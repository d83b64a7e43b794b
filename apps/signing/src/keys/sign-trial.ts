import { PDFDocument } from '@cantoo/pdf-lib';
import { type SigningKey, signPdf } from '#engines/signatures';

/** Signs an empty page: what is wrong with a key shows before a document waits for it. */
export const signTrial = async (key: SigningKey, at: Date): Promise<Uint8Array> => {
  const pdf = await PDFDocument.create();
  pdf.addPage();
  return signPdf(await pdf.save({ useObjectStreams: false }), key, { signedAt: at });
};
