import type { Box } from '../rendering/page-raster.js';

export type FieldKind =
  'text' | 'date' | 'number' | 'personalId' | 'businessCode' | 'identifier' | 'documentNumber' | 'agency' | 'sex';

export interface FieldTemplate {
  readonly key: string;
  readonly label: string;
  readonly kind: FieldKind;
  /**
   * Words that announce the value, most specific first. Fields of a type that share an anchor take its values in reading
   * order: husband and wife of one table row.
   */
  readonly anchors: readonly string[];
}

/** A document type as extraction sees it; a catalogue entry fits as it is. */
export interface DocumentTemplate {
  readonly code: string;
  readonly name: string;
  /** The type's own. */
  readonly fields: readonly FieldTemplate[];
  /**
   * Those of every paper (Circular 01/2023 Art. 9). What has a place of its own on the page (Decree 30/2020 App. I) is
   * found there first, by the keys that `extractFields` names; the one that identifies is the owner's.
   */
  readonly commonFields: readonly FieldTemplate[];
}

export interface ExtractionContext {
  /** Personal numbers and business codes known from elsewhere: the second source of FR-27. */
  readonly applicantIdentifiers: readonly string[];
  /** Official names of agencies; a name read with small errors is set right by them. */
  readonly agencyNames?: readonly string[];
}

/** A field as read; nothing of it is confirmed data (FR-25). */
export interface ProposedField {
  readonly key: string;
  /** Normalised: dates `YYYY-MM-DD`, digits without spaces, NFC text. */
  readonly value: string;
  /** As read. */
  readonly raw: string;
  /** 0..1; below 0.90 the officer looks at it by itself (FR-24). */
  readonly confidence: number;
  /** From 1. */
  readonly page: number;
  readonly box: Box;
  readonly source: 'OCR';
}
