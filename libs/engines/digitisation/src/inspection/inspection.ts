/** What the first bytes say; the name and the declared media type are never asked (FR-11). */
export type FileType = 'PDF' | 'JPEG' | 'PNG' | 'TIFF';

/** Why the pages were not looked at. */
export type Obstacle =
  | 'EMPTY'
  | 'TYPE_NOT_ACCEPTED'
  | 'FILE_TOO_LARGE'
  | 'TRUNCATED'
  | 'DAMAGED'
  | 'PASSWORD'
  | 'TOO_MANY_PAGES'
  | 'IMAGE_TOO_LARGE';

export type ColourMode = 'COLOUR' | 'GREY' | 'BILEVEL';

/** What to do with the page's text. */
export type PageDecision = 'ocr' | 'keep-text' | 'blank' | 'needs-human';

export interface PdfFacts {
  /** From the header or the catalogue, whichever is later: `1.7`. */
  readonly version: string;
  /** `EMPTY_PASSWORD`: opens without asking, yet encrypted (owner password). */
  readonly encryption: 'NONE' | 'EMPTY_PASSWORD' | 'PASSWORD';
  readonly javaScript: boolean;
  readonly launchActions: boolean;
  readonly embeddedFiles: boolean;
  readonly signatures: number;
  readonly form: 'NONE' | 'ACROFORM' | 'XFA';
}

export interface PageInspection {
  /** From 1. */
  readonly number: number;
  readonly widthPoints: number;
  readonly heightPoints: number;
  /** Pixels of the largest picture on the page; 0 when there is none. */
  readonly pixelWidth: number;
  readonly pixelHeight: number;
  /** Size at which that picture is placed, points. */
  readonly placedWidthPoints: number;
  readonly placedHeightPoints: number;
  /** Pixels over placed size, the lower of both directions (FR-12); undefined without a picture. */
  readonly dpi?: number;
  /** How the picture is stored. */
  readonly storedAs: ColourMode;
  /** What is to be seen: a grey scan stored as RGB is GREY. */
  readonly content: ColourMode;
  /** Share of the page that pictures cover, 0..1. */
  readonly imageCoverage: number;
  /** Characters that are to be seen and that a Unicode map explains. */
  readonly textCharacters: number;
  /** Characters that no Unicode map explains: their text is garbage. */
  readonly unmappedCharacters: number;
  /** Share of dark pixels, 0..1. */
  readonly ink: number;
  /** Mean brightness of the paper less that of the ink, 0..255. */
  readonly contrast: number;
  /** Counter-clockwise, degrees; 0 where no lines were found. */
  readonly skewDegrees: number;
  readonly blank: boolean;
  readonly decision: PageDecision;
}

/** Facts about an uploaded file; `intakeFindings` judges them. */
export interface Inspection {
  readonly bytes: number;
  readonly type?: FileType;
  /** What the bytes look like when the type is not accepted: `ZIP`, `HEIC`, `HTML` ... */
  readonly seems?: string;
  readonly obstacle?: Obstacle;
  /** Known even when the pages were not looked at, if the file tells; else 0. */
  readonly pageCount: number;
  /** Largest picture, pixels; what an IMAGE_TOO_LARGE obstacle is about. */
  readonly largestPixels: number;
  readonly pdf?: PdfFacts;
  /** Empty after an obstacle. */
  readonly pages: readonly PageInspection[];
}

export interface InspectionLimits {
  readonly maxBytes: number;
  readonly maxPages: number;
  /** Of one picture, before it is decoded. */
  readonly maxPixels: number;
  readonly timeoutMs: number;
  readonly memoryMb: number;
}

export const defaultInspectionLimits: InspectionLimits = {
  maxBytes: 20 * 2 ** 20,
  maxPages: 300,
  maxPixels: 268_000_000,
  timeoutMs: 120_000,
  memoryMb: 1536,
};
