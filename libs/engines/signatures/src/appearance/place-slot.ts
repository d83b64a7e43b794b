import { DomainError } from '#kernel';
import type { Box, PageGeometry } from '#engines/pdf';
import { lineExtent, measureText } from './tinos-font.js';
import type { SignatureSlot, SlotContent } from './signature-slot.js';

/** Distance of corner boxes from the edge of the page, and between boxes, in points. */
const EDGE = 20;
const GAP = 4;
/** FR-45: two boxes count as overlapping from this share of the smaller one on. */
const TOLERATED_OVERLAP = 0.05;
const LINE_SPACING = 1.15;

/** Size of a text block in points. */
const textBlockSize = (lines: readonly string[], fontSize: number): { width: number; height: number } => {
  const { ascent, descent } = lineExtent(fontSize);
  return {
    width: Math.ceil(Math.max(...lines.map((line) => measureText(line, fontSize)))) + 1,
    height: (lines.length - 1) * fontSize * LINE_SPACING + ascent + descent,
  };
};

/** Baselines of the lines, measured down from the top of the block, in points. */
export const baselines = (lines: readonly string[], fontSize: number): number[] =>
  lines.map((_, index) => lineExtent(fontSize).ascent + index * fontSize * LINE_SPACING);

const overlaps = (one: Box, other: Box): boolean => {
  const width = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
  const height = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
  if (width <= 0 || height <= 0) return false;
  const smaller = Math.min(one.width * one.height, other.width * other.height);
  return width * height > smaller * TOLERATED_OVERLAP;
};

/** Corner slots are text by law; an image there is taken at 72 dpi. */
const cornerSize = (content: SlotContent): { width: number; height: number } => {
  if (content.kind === 'TEXT') return textBlockSize(content.lines, content.fontSize);
  return { width: content.image.width, height: content.image.height };
};

/**
 * The box of a slot on its page, in display space.
 *
 * A corner slot takes the corner itself if it is free, otherwise the next free place to the right in the same row
 * (from the top-left corner) and then the rows below (FR-45).
 * @param occupied boxes of the signatures already on the page
 * @throws DomainError `signature-slot-unavailable`
 */
export const placeSlot = (slot: SignatureSlot, geometry: PageGeometry, occupied: readonly Box[], page: number): Box => {
  const inside = (box: Box): boolean =>
    box.x >= -0.01 &&
    box.y >= -0.01 &&
    box.x + box.width <= geometry.width + 0.01 &&
    box.y + box.height <= geometry.height + 0.01;
  const unavailable = new DomainError('signature-slot-unavailable', { page });
  const { place } = slot;
  if (place.kind === 'BOX') {
    if (place.box.width <= 0 || place.box.height <= 0 || !inside(place.box)) throw unavailable;
    return place.box;
  }

  const { width, height } = cornerSize(slot.content);
  const obstacles = [...occupied, ...(place.avoid ?? [])];
  const top = geometry.height - EDGE - height;
  const columns =
    place.corner === 'TOP_LEFT'
      ? [EDGE, ...obstacles.map((box) => box.x + box.width + GAP).filter((x) => x > EDGE)].sort((a, b) => a - b)
      : [geometry.width - EDGE - width];
  const rows = [top, ...obstacles.map((box) => box.y - GAP - height).filter((y) => y < top)].sort((a, b) => b - a);
  for (const y of rows) {
    for (const x of columns) {
      const box = { x, y, width, height };
      if (inside(box) && !obstacles.some((obstacle) => overlaps(box, obstacle))) return box;
    }
  }
  throw unavailable;
};
