import { DomainError } from '#kernel';

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
  /** Points; 13 when absent. */
  readonly fontSize?: number;
}

/** Where day, month and year go in the place-and-date line of the draft; baseline starts in PDF points. */
export interface DateSlots {
  readonly page: number;
  readonly y: number;
  /** Points; 13 when absent. */
  readonly fontSize?: number;
  readonly day: { readonly x: number };
  readonly month: { readonly x: number };
  /** Absent when the draft has the year printed. */
  readonly year?: { readonly x: number };
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
  readonly ownerId?: string;
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
  /** The key that made the authorised person's signature. */
  readonly signerKeyId?: string;
  readonly sealedAt?: Date;
  readonly documentId?: string;
  readonly returnedAt?: Date;
  readonly rejectionReason?: string;
  /** Why the last attempt to sign or seal failed; the document is unchanged and the attempt can be repeated (FR-53). */
  readonly failureCode?: string;
  readonly failedAt?: Date;
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

/** Numbers below ten are written with a leading zero (Decree 30/2020 App. I, II.3). */
export const documentOrdinal = (number: number): string => String(number).padStart(2, '0');

/** e.g. `05/QĐ-UBND` */
export const documentNumber = (number: number, symbol: string): string => `${documentOrdinal(number)}/${symbol}`;
