/**
 * What services tell each other. An event is written to the outbox in the transaction that made it true, as a
 * CloudEvent, and delivered at least once to the job each subscriber names.
 *
 * Documents are named by id alone: their code begins with the owner's personal number, which no event may carry (FR-82).
 */
export interface EventMap {
  'vn.khoso.scan.signature-requested.v1': {
    readonly scanId: string;
    readonly documentId: string;
    /** Address of the PDF to sign. */
    readonly sha256: string;
    readonly officerId: string;
    readonly officerName: string;
    readonly scannedAt: string;
  };
  'vn.khoso.scan.signed.v1': {
    readonly scanId: string;
    readonly documentId: string;
    /** Address of the signed PDF. */
    readonly sha256: string;
    readonly bytes: number;
    readonly signer: string;
    readonly signedAt: string;
    readonly verdict: 'VALID' | 'INVALID' | 'INDETERMINATE';
  };
  'vn.khoso.scan.signature-failed.v1': { readonly scanId: string; readonly code: string };
  'vn.khoso.document.confirmed.v1': { readonly documentId: string };
  'vn.khoso.document.revoked.v1': { readonly documentId: string };
  'vn.khoso.document.annulled.v1': { readonly documentId: string };
  'vn.khoso.document.suspended.v1': { readonly documentId: string };
  'vn.khoso.document.resumed.v1': { readonly documentId: string };
  'vn.khoso.document.superseded.v1': { readonly documentId: string; readonly successorDocumentId: string };
  'vn.khoso.document.integrity-failed.v1': { readonly documentId: string };
  'vn.khoso.document.returned.v1': { readonly documentId: string };
  'vn.khoso.dossier.closed.v1': { readonly dossierId: string; readonly dossierCode: string; readonly status: string };
}
export type EventType = keyof EventMap;

/** An event as a subscriber's job gets it. For several types it is a union told apart by `type`. */
export type EventDelivery<T extends EventType> = {
  readonly [K in T]: {
    /** The CloudEvent's id; also the job's key. */
    readonly id: string;
    readonly type: K;
    readonly data: EventMap[K];
  };
}[T];

export abstract class EventPublisher {
  /** Joins the running transaction. */
  abstract publish<T extends EventType>(type: T, data: EventMap[T]): Promise<void>;
}
