/** Bounds that keep a hostile file from costing more than it should. */
export interface PdfLimits {
  /** Arrays and dictionaries inside each other. */
  readonly nesting: number;
  /** Bytes of one object without its stream data. */
  readonly objectBytes: number;
  /** Bytes that one compressed stream may grow to. */
  readonly inflatedBytes: number;
  /** Cross-reference sections in the /Prev chain. */
  readonly revisions: number;
  /** Nodes visited while walking one tree (pages, form fields). */
  readonly treeNodes: number;
}

export const defaultPdfLimits: PdfLimits = {
  nesting: 100,
  objectBytes: 64 * 1024 * 1024,
  inflatedBytes: 128 * 1024 * 1024,
  revisions: 5_000,
  treeNodes: 500_000,
};
