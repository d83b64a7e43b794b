import type { PdfArray } from './objects.js';

/** Points (1/72 inch). */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const pointsPerMillimetre = 72 / 25.4;

/**
 * How a page lies before the reader. *Display space* is what is seen: points, origin at the lower left corner of the
 * visible page, after cropping and rotation. *User space* is what the file's rectangles are written in. On a page that
 * is neither cropped nor rotated the two are the same.
 */
export class PageGeometry {
  constructor(
    /** The visible part in user space: the crop box inside the media box. */
    readonly visible: Box,
    /** Clockwise, when displayed. */
    readonly rotation: 0 | 90 | 180 | 270,
  ) {}

  /** Width and height as displayed. */
  get width(): number {
    return this.turned ? this.visible.height : this.visible.width;
  }

  get height(): number {
    return this.turned ? this.visible.width : this.visible.height;
  }

  private get turned(): boolean {
    return this.rotation === 90 || this.rotation === 270;
  }

  /** A display-space box as a user-space rectangle [left bottom right top]. */
  toUserSpace(box: Box): [number, number, number, number] {
    const [x1, y1] = this.userPoint(box.x, box.y);
    const [x2, y2] = this.userPoint(box.x + box.width, box.y + box.height);
    return [Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2)];
  }

  /** A user-space rectangle, in any order of corners, as a display-space box. */
  toDisplay(rectangle: readonly [number, number, number, number]): Box {
    const [x1, y1] = this.displayPoint(rectangle[0], rectangle[1]);
    const [x2, y2] = this.displayPoint(rectangle[2], rectangle[3]);
    return { x: Math.min(x1, x2), y: Math.min(y1, y2), width: Math.abs(x1 - x2), height: Math.abs(y1 - y2) };
  }

  /** The /Matrix of a form XObject that makes an annotation's appearance stand upright for the reader. */
  get uprightMatrix(): PdfArray {
    switch (this.rotation) {
      case 0:
        return [1, 0, 0, 1, 0, 0];
      case 90:
        return [0, 1, -1, 0, 0, 0];
      case 180:
        return [-1, 0, 0, -1, 0, 0];
      case 270:
        return [0, -1, 1, 0, 0, 0];
    }
  }

  private userPoint(x: number, y: number): [number, number] {
    const { visible } = this;
    switch (this.rotation) {
      case 0:
        return [visible.x + x, visible.y + y];
      case 90:
        return [visible.x + visible.width - y, visible.y + x];
      case 180:
        return [visible.x + visible.width - x, visible.y + visible.height - y];
      case 270:
        return [visible.x + y, visible.y + visible.height - x];
    }
  }

  private displayPoint(u: number, v: number): [number, number] {
    const x = u - this.visible.x;
    const y = v - this.visible.y;
    switch (this.rotation) {
      case 0:
        return [x, y];
      case 90:
        return [y, this.visible.width - x];
      case 180:
        return [this.visible.width - x, this.visible.height - y];
      case 270:
        return [this.visible.height - y, x];
    }
  }
}
