export { type ByteSource, MemorySource, readRange } from './byte-source.js';
export { IncrementalWriter, type Increment } from './incremental-writer.js';
export { defaultPdfLimits, type PdfLimits } from './limits.js';
export {
  type ByteSpan,
  isName,
  name,
  type PdfArray,
  PdfDict,
  PdfName,
  type PdfObject,
  PdfRaw,
  PdfRef,
  PdfStream,
  PdfString,
  textOf,
  textString,
} from './objects.js';
export { type Box, PageGeometry, pointsPerMillimetre } from './page-geometry.js';
export { type PdfPage, rectangleOf } from './page-tree.js';
export { PdfDocument } from './pdf-document.js';
export type { PdfRevision } from './pdf-revision.js';
export type { XrefEntry } from './xref.js';
