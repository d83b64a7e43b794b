/** Maps (x, y) to (a x + c y + e, b x + d y + f). */
export type AffineMatrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

/** x0, y0, x1, y1 with x0 <= x1 and y0 <= y1. */
export type Box = readonly [number, number, number, number];

/** One page as pixels, rows from the top, RGB interleaved or one grey channel. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  readonly pixels: Uint8Array;
}

/** A rendered page that remembers where its pixels lie on the page. */
export interface PageRaster extends Raster {
  /** Pixels per inch of the page as placed. */
  readonly dpi: number;
  /** From pixels (origin top-left) to the PDF's user space in points (origin bottom-left), page rotation included. */
  readonly toPage: AffineMatrix;
}

export const transformPoint = (matrix: AffineMatrix, x: number, y: number): readonly [number, number] => [
  matrix[0] * x + matrix[2] * y + matrix[4],
  matrix[1] * x + matrix[3] * y + matrix[5],
];

/** `second` after `first`. */
export const composed = (first: AffineMatrix, second: AffineMatrix): AffineMatrix => {
  const [e, f] = transformPoint(second, first[4], first[5]);
  return [
    second[0] * first[0] + second[2] * first[1],
    second[1] * first[0] + second[3] * first[1],
    second[0] * first[2] + second[2] * first[3],
    second[1] * first[2] + second[3] * first[3],
    e,
    f,
  ];
};

/** The upright box around a transformed box. */
export const transformBox = (matrix: AffineMatrix, [x0, y0, x1, y1]: Box): Box => {
  const corners = [
    transformPoint(matrix, x0, y0),
    transformPoint(matrix, x1, y0),
    transformPoint(matrix, x0, y1),
    transformPoint(matrix, x1, y1),
  ];
  const xs = corners.map(([x]) => x);
  const ys = corners.map(([, y]) => y);
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
};
