import { DocumentNumber, DomainError, type ErrorCode, type ErrorParams } from '#kernel';

/** A rectangle on a page; PDF points, origin bottom-left; page 1 is the first. */
export interface SignerSlot {
  readonly page: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where the number goes: the start of its baseline in PDF points; the draft has `Số:` before it and the symbol after it. */
export interface NumberSlot {
  readonly page: number;
  readonly x: number;
  readonly y: number;
  /** Of the gap; the number is centred in it, or starts at `x` when absent. */
  readonly width?: number;
  /** Points; 13 when absent. */
  readonly fontSize?: number;
}

/** The gap for one part of a date, in PDF points; without a width the text starts at `x`. */
export interface DatePartSlot {
  readonly x: number;
  readonly width?: number;
}

/** Where day, month and year go in the place-and-date line of the draft; baseline starts in PDF points. */
export interface DateSlots {
  readonly page: number;
  readonly y: number;
  /** Points; 13 when absent. */
  readonly fontSize?: number;
  readonly day: DatePartSlot;
  readonly month: DatePartSlot;
  /** Absent when the draft has the year printed. */
  readonly year?: DatePartSlot;
  /** The year that the draft has printed; it cannot be signed in another one. */
  readonly printedYear?: number;
}

/** A box in PDF points as displayed, on the page of the signer's slot. */
export type SignatureBox = Omit<SignerSlot, 'page'>;

/** Why the last attempt to sign or seal failed; the document is unchanged and the attempt can be repeated (FR-53). */
export interface SigningFailure {
  readonly code: ErrorCode;
  readonly params: ErrorParams;
  readonly at: Date;
}

export type SigningRequestState = 'WAITING_SIGNER' | 'WAITING_SEAL' | 'SEALED' | 'RETURNED' | 'REJECTED';

/** A document on its way out: drafted, signed by the authorised person, sealed by the agency, returned. */
export interface SigningRequest {
  readonly id: string;
  readonly title: string;
  readonly documentTypeCode: string;
  /** The part of the number after the slash, e.g. `QĐ-UBND`. */
  readonly symbol: string;
  readonly agencyCode: string;
  readonly signerId: string;
  readonly signerName: string;
  readonly createdBy: string;
  readonly ownerId: string;
  readonly dossierId?: string;
  readonly state: SigningRequestState;
  readonly draftSha256: string;
  /** The bytes as they stand now: draft, signed, sealed. */
  readonly currentSha256: string;
  readonly pages: number;
  readonly signerSlot: SignerSlot;
  readonly numberSlot: NumberSlot;
  /** Absent: the draft leaves no room for a date. */
  readonly dateSlots?: DateSlots;
  /** From the agency's yearly sequence, given in the transaction of the person's signature (Decree 30/2020 Art. 15). */
  readonly number?: number;
  readonly numberedYear?: number;
  readonly issuedOn?: string;
  readonly signedAt?: Date;
  /** The signature's image as drawn, which decides where the seal goes. */
  readonly signatureBox?: SignatureBox;
  /** The key that made the authorised person's signature. */
  readonly signerKeyId?: string;
  readonly sealedAt?: Date;
  readonly documentId?: string;
  readonly returnedAt?: Date;
  readonly rejectionReason?: string;
  readonly failure?: SigningFailure;
  readonly createdAt: Date;
}

const following: Readonly<Record<SigningRequestState, readonly SigningRequestState[]>> = {
  WAITING_SIGNER: ['WAITING_SEAL', 'REJECTED'],
  WAITING_SEAL: ['SEALED'],
  SEALED: ['RETURNED'],
  RETURNED: [],
  REJECTED: [],
};

/** @throws DomainError `signing-state-conflict` */
export function assertCanBecome(request: SigningRequest, next: SigningRequestState): void {
  if (!following[request.state].includes(next)) {
    throw new DomainError('signing-state-conflict', { state: request.state, wanted: next });
  }
}

/** e.g. `05/QĐ-UBND`; numbers below ten have a leading zero (Decree 30/2020 App. I, II.3). */
export const documentNumber = (number: number, symbol: string): string => DocumentNumber.format({ number, symbol });

/** The part before the slash, as it is printed into the gap of the draft. */
export const documentOrdinal = (number: number): string => documentNumber(number, '');

type Facts = 'number' | 'issuedOn' | 'signedAt' | 'signatureBox' | 'signerKeyId';

/** A request that the authorised person has signed. */
export type SignedRequest = SigningRequest & { readonly [Fact in Facts]-?: NonNullable<SigningRequest[Fact]> };

/** @throws DomainError `authorised-signature-required` */
export function assertSigned(request: SigningRequest): asserts request is SignedRequest {
  const { number, issuedOn, signedAt, signatureBox, signerKeyId } = request;
  if (!(number && issuedOn && signedAt && signatureBox && signerKeyId)) {
    throw new DomainError('authorised-signature-required');
  }
}

/** Bears the agency's signature; its number will not change any more. @throws DomainError `main-document-not-sealed` */
export function assertSealed(request: SigningRequest): asserts request is SignedRequest {
  const { state } = request;
  if (state !== 'SEALED' && state !== 'RETURNED') throw new DomainError('main-document-not-sealed', { state });
  assertSigned(request);
}
