/** An attachment in a file of its own, signed by the agency (Decree 30/2020 App. I, II.8.b; FR-42). */
export interface Attachment {
  readonly id: string;
  readonly requestId: string;
  readonly title: string;
  /** Number and symbol of the main document as printed, e.g. `05/QĐ-UBND`. */
  readonly documentNumber: string;
  /** Of the signed bytes. */
  readonly sha256: string;
  readonly pages: number;
  readonly signerKeyId: string;
  /** Account id of the clerk. */
  readonly signedBy: string;
  /** As printed, to the second. */
  readonly signedAt: Date;
}
