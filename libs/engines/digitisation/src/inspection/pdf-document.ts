import { readFile } from 'node:fs/promises';
import { composed, transformPoint, type AffineMatrix, type Box, type PageRaster } from '../rendering/page-raster.js';
import type { ColourMode } from './inspection.js';
import { Pdfium, pdfiumPasswordError } from './pdfium.js';

/** A picture as the page places it. */
export interface PlacedImage {
  readonly pixelWidth: number;
  readonly pixelHeight: number;
  /** Points. */
  readonly placedWidth: number;
  readonly placedHeight: number;
  readonly handle: number;
}

export interface PageText {
  /** Drawn so that it can be seen, and explained by a Unicode map. */
  readonly visible: number;
  readonly unmapped: number;
}

export interface PageGlyph {
  readonly text: string;
  /** User space, points. */
  readonly box: Box;
}

const objectType = { text: 1, image: 3, form: 5 };
const invisibleText = 3;
const formDepth = 5;
/** A page description with more objects than this is a drawing or an attack; what comes after is not looked at. */
const mostObjects = 20_000;
const mostGlyphs = 100_000;
const bgr = 2;
const reverseByteOrder = 0x10;
/** Rendering never makes more than this, whatever the dpi asked for. */
const mostRenderedPixels = 60_000_000;
const greySpaces = [1, 4];
const indexedSpace = 10;

export class PdfPage {
  constructor(
    private readonly pdfium: Pdfium,
    private readonly page: number,
  ) {}

  get widthPoints(): number {
    return this.pdfium.api.FPDF_GetPageWidthF(this.page);
  }

  get heightPoints(): number {
    return this.pdfium.api.FPDF_GetPageHeightF(this.page);
  }

  /** Pictures on the page and inside its forms, the largest first. Nothing is decoded. */
  images(): readonly PlacedImage[] {
    const { api } = this.pdfium;
    const found: PlacedImage[] = [];
    let seen = 0;
    const visit = (object: number, outer: AffineMatrix, depth: number): void => {
      if (object === 0 || (seen += 1) > mostObjects) return;
      const type = api.FPDFPageObj_GetType(object);
      if (type !== objectType.image && type !== objectType.form) return;
      const matrix = composed(this.matrixOf(object), outer);
      if (type === objectType.image) found.push(this.imageAt(object, matrix));
      else if (depth < formDepth)
        for (let index = 0; index < api.FPDFFormObj_CountObjects(object); index += 1)
          visit(api.FPDFFormObj_GetObject(object, index), matrix, depth + 1);
    };
    for (let index = 0; index < api.FPDFPage_CountObjects(this.page); index += 1)
      visit(api.FPDFPage_GetObject(this.page, index), [1, 0, 0, 1, 0, 0], 0);
    return found.sort((one, other) => other.pixelWidth * other.pixelHeight - one.pixelWidth * one.pixelHeight);
  }

  /** How the picture is stored. Its stream may be opened: check its size first. */
  storedAs(image: PlacedImage): ColourMode {
    return this.pdfium.slots(4, (pointer, read) => {
      this.pdfium.api.FPDFImageObj_GetImageMetadata(image.handle, this.page, pointer);
      const bitsPerPixel = read().getUint32(16, true);
      const space = read().getInt32(20, true);
      if (bitsPerPixel === 1) return 'BILEVEL';
      return greySpaces.includes(space) || (bitsPerPixel === 8 && space !== indexedSpace) ? 'GREY' : 'COLOUR';
    });
  }

  text(): PageText {
    const { api } = this.pdfium;
    return this.withText((handle, count) => {
      const modes = new Map<number, number>();
      let visible = 0;
      let unmapped = 0;
      for (let index = 0; index < count; index += 1) {
        if (api.FPDFText_GetUnicode(handle, index) <= 0x20 || api.FPDFText_IsGenerated(handle, index) === 1) continue;
        const object = api.FPDFText_GetTextObject(handle, index);
        const mode = modes.get(object) ?? api.FPDFTextObj_GetTextRenderMode(object);
        modes.set(object, mode);
        if (mode === invisibleText) continue;
        if (api.FPDFText_HasUnicodeMapError(handle, index) === 1) unmapped += 1;
        else visible += 1;
      }
      return { visible, unmapped };
    });
  }

  /** The characters of the text layer in reading order, white space included. */
  glyphs(): readonly PageGlyph[] {
    const { api } = this.pdfium;
    return this.withText((handle, count) => {
      const glyphs: PageGlyph[] = [];
      for (let index = 0; index < count; index += 1) {
        const box = this.pdfium.slots(4, (pointer, read): Box => {
          api.FPDFText_GetCharBox(handle, index, pointer, pointer + 8, pointer + 16, pointer + 24);
          const [left, right, bottom, top] = [0, 8, 16, 24].map((at) => read().getFloat64(at, true));
          return [left!, bottom!, right!, top!];
        });
        glyphs.push({ text: String.fromCodePoint(api.FPDFText_GetUnicode(handle, index)), box });
      }
      return glyphs;
    });
  }

  /** As the page is to be seen, on white, without annotations. @param dpi lowered where the page would exceed 60 megapixels */
  render(dpi: number): PageRaster {
    const { api } = this.pdfium;
    const largest = Math.sqrt((mostRenderedPixels * 72 * 72) / (this.widthPoints * this.heightPoints));
    const used = Math.min(dpi, largest);
    const width = Math.max(1, Math.round((this.widthPoints * used) / 72));
    const height = Math.max(1, Math.round((this.heightPoints * used) / 72));
    const bitmap = api.FPDFBitmap_CreateEx(width, height, bgr, 0, 0);
    if (bitmap === 0) throw new Error(`no memory for a page of ${width} x ${height} pixels`);
    try {
      api.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xffffffff);
      api.FPDF_RenderPageBitmap(bitmap, this.page, 0, 0, width, height, 0, reverseByteOrder);
      const stride = api.FPDFBitmap_GetStride(bitmap);
      const start = api.FPDFBitmap_GetBuffer(bitmap);
      const heap = this.pdfium.heap;
      const pixels = new Uint8Array(width * height * 3);
      for (let row = 0; row < height; row += 1)
        pixels.set(heap.subarray(start + row * stride, start + row * stride + width * 3), row * width * 3);
      return { width, height, channels: 3, pixels, dpi: used, toPage: this.toPage(width, height) };
    } finally {
      api.FPDFBitmap_Destroy(bitmap);
    }
  }

  private toPage(width: number, height: number): AffineMatrix {
    const at = (x: number, y: number): readonly [number, number] =>
      this.pdfium.slots(2, (pointer, read) => {
        this.pdfium.api.FPDF_DeviceToPage(this.page, 0, 0, width, height, 0, x, y, pointer, pointer + 8);
        return [read().getFloat64(0, true), read().getFloat64(8, true)];
      });
    const [originX, originY] = at(0, 0);
    const [rightX, rightY] = at(width, 0);
    const [downX, downY] = at(0, height);
    return [
      (rightX - originX) / width,
      (rightY - originY) / width,
      (downX - originX) / height,
      (downY - originY) / height,
      originX,
      originY,
    ];
  }

  private matrixOf(object: number): AffineMatrix {
    return this.pdfium.slots(3, (pointer, read) => {
      this.pdfium.api.FPDFPageObj_GetMatrix(object, pointer);
      const value = (index: number): number => read().getFloat32(index * 4, true);
      return [value(0), value(1), value(2), value(3), value(4), value(5)];
    });
  }

  private imageAt(handle: number, matrix: AffineMatrix): PlacedImage {
    const [pixelWidth, pixelHeight] = this.pdfium.slots(1, (pointer, read) => {
      this.pdfium.api.FPDFImageObj_GetImagePixelSize(handle, pointer, pointer + 4);
      return [read().getUint32(0, true), read().getUint32(4, true)] as const;
    });
    const [originX, originY] = transformPoint(matrix, 0, 0);
    const [rightX, rightY] = transformPoint(matrix, 1, 0);
    const [upX, upY] = transformPoint(matrix, 0, 1);
    return {
      pixelWidth,
      pixelHeight,
      placedWidth: Math.hypot(rightX - originX, rightY - originY),
      placedHeight: Math.hypot(upX - originX, upY - originY),
      handle,
    };
  }

  private withText<Result>(use: (handle: number, count: number) => Result): Result {
    const { api } = this.pdfium;
    const handle = api.FPDFText_LoadPage(this.page);
    try {
      return use(handle, Math.min(Math.max(api.FPDFText_CountChars(handle), 0), mostGlyphs));
    } finally {
      api.FPDFText_ClosePage(handle);
    }
  }
}

/** A PDF opened with the empty password. */
export class PdfDocument {
  private constructor(
    private readonly pdfium: Pdfium,
    private readonly document: number,
    private readonly bytes: number,
  ) {}

  /** @returns the document, or why it does not open */
  static async open(path: string): Promise<PdfDocument | 'PASSWORD' | 'DAMAGED'> {
    const pdfium = await Pdfium.load();
    const file = await readFile(path);
    const bytes = pdfium.copyIn(file);
    const document = pdfium.api.FPDF_LoadMemDocument64(bytes, file.byteLength, '');
    if (document !== 0) return new PdfDocument(pdfium, document, bytes);
    const reason = pdfium.api.FPDF_GetLastError();
    pdfium.api.pdfium.wasmExports.free(bytes);
    return reason === pdfiumPasswordError ? 'PASSWORD' : 'DAMAGED';
  }

  get pageCount(): number {
    return this.pdfium.api.FPDF_GetPageCount(this.document);
  }

  get encrypted(): boolean {
    return this.pdfium.api.EPDF_IsEncrypted(this.document);
  }

  get signatures(): number {
    return Math.max(0, this.pdfium.api.FPDF_GetSignatureCount(this.document));
  }

  get form(): 'NONE' | 'ACROFORM' | 'XFA' {
    const type = this.pdfium.api.FPDF_GetFormType(this.document);
    return type === 0 ? 'NONE' : type === 1 ? 'ACROFORM' : 'XFA';
  }

  /** @param number from 1 @throws Error when the page's own objects are broken */
  withPage<Result>(number: number, use: (page: PdfPage) => Result): Result {
    const page = this.pdfium.api.FPDF_LoadPage(this.document, number - 1);
    if (page === 0) throw new Error(`page ${number} does not load`);
    try {
      return use(new PdfPage(this.pdfium, page));
    } finally {
      this.pdfium.api.FPDF_ClosePage(page);
    }
  }

  close(): void {
    this.pdfium.api.FPDF_CloseDocument(this.document);
    this.pdfium.api.pdfium.wasmExports.free(this.bytes);
  }
}
