import { DomainError } from '#kernel';
import { isName, PdfDict, type PdfObject, PdfRef } from './objects.js';
import { type Box, PageGeometry } from './page-geometry.js';
import type { ObjectAccess } from './object-access.js';

/** One page: its object and how it lies before the reader. */
export interface PdfPage {
  /** 0 is the first page. */
  readonly index: number;
  readonly ref: PdfRef;
  readonly dict: PdfDict;
  readonly geometry: PageGeometry;
}

const inheritable = ['MediaBox', 'CropBox', 'Rotate'] as const;
type Inherited = Partial<Record<(typeof inheritable)[number], PdfObject>>;

const damaged = (reason: string): DomainError => new DomainError('pdf-damaged', { reason });

const nodeAt = (document: ObjectAccess, ref: PdfObject | undefined): PdfDict => {
  const node = document.resolve(ref);
  if (!(ref instanceof PdfRef) || !(node instanceof PdfDict)) throw damaged('page-tree');
  return node;
};

const isLeaf = (node: PdfDict): boolean => isName(node.get('Type'), 'Page') || !node.has('Kids');

const leavesBelow = (document: ObjectAccess, node: PdfDict): number => {
  if (isLeaf(node)) return 1;
  const count = document.resolve(node.get('Count'));
  if (typeof count !== 'number' || !Number.isInteger(count) || count < 0) throw damaged('page-count');
  return count;
};

/** The kid that holds the wanted page, and the page's place among that kid's pages. */
const chooseKid = (
  document: ObjectAccess,
  node: PdfDict,
  wanted: number,
): { kid: PdfRef; wanted: number } | undefined => {
  const kids = document.array(node.get('Kids')) ?? [];
  // As many pages as kids means that every kid is a page: no need to look at those before it.
  const direct = kids.length === leavesBelow(document, node) ? kids[wanted] : undefined;
  if (direct instanceof PdfRef && isLeaf(nodeAt(document, direct))) return { kid: direct, wanted: 0 };
  if (kids.length > document.limits.treeNodes) throw new DomainError('pdf-too-complex', { limit: 'treeNodes' });
  let before = 0;
  for (const kid of kids) {
    const leaves = leavesBelow(document, nodeAt(document, kid));
    if (wanted < before + leaves && kid instanceof PdfRef) return { kid, wanted: wanted - before };
    before += leaves;
  }
  return undefined;
};

/**
 * Walks down to one page. Subtrees before it are skipped by their /Count, so the last page of 20,000 costs a few objects.
 * @throws DomainError `pdf-page-not-found`, `pdf-damaged` (cycles, missing nodes), `pdf-too-complex`
 */
export const findPage = (document: ObjectAccess, index: number): PdfPage => {
  const visited = new Set<number>();
  let ref = document.catalog.get('Pages');
  let wanted = index;
  let inherited: Inherited = {};
  for (;;) {
    const node = nodeAt(document, ref);
    if (!(ref instanceof PdfRef) || visited.has(ref.number)) throw damaged('page-tree-cycle');
    visited.add(ref.number);
    if (visited.size > document.limits.nesting) throw new DomainError('pdf-too-complex', { limit: 'nesting' });
    for (const key of inheritable) if (node.has(key)) inherited = { ...inherited, [key]: node.get(key) };
    if (isLeaf(node) && wanted === 0) return { index, ref, dict: node, geometry: geometryOf(document, inherited) };

    const chosen = isLeaf(node) || wanted < 0 ? undefined : chooseKid(document, node, wanted);
    if (!chosen) throw new DomainError('pdf-page-not-found', { page: index + 1 });
    ref = chosen.kid;
    wanted = chosen.wanted;
  }
};

/** Four finite numbers of a rectangle, or undefined. */
export const rectangleOf = (
  document: ObjectAccess,
  value: PdfObject | undefined,
): [number, number, number, number] | undefined => {
  const numbers = document.array(value)?.map((item) => document.resolve(item));
  if (numbers?.length !== 4 || !numbers.every((item): item is number => Number.isFinite(item))) return undefined;
  return [numbers[0] as number, numbers[1] as number, numbers[2] as number, numbers[3] as number];
};

const boxOf = (document: ObjectAccess, value: PdfObject | undefined): Box | undefined => {
  const rectangle = rectangleOf(document, value);
  if (!rectangle) return undefined;
  const [x1, y1, x2, y2] = rectangle;
  return { x: Math.min(x1, x2), y: Math.min(y1, y2), width: Math.abs(x2 - x1), height: Math.abs(y2 - y1) };
};

const a4: Box = { x: 0, y: 0, width: 595.276, height: 841.89 };

const intersect = (one: Box, other: Box): Box | undefined => {
  const x = Math.max(one.x, other.x);
  const y = Math.max(one.y, other.y);
  const width = Math.min(one.x + one.width, other.x + other.width) - x;
  const height = Math.min(one.y + one.height, other.y + other.height) - y;
  return width > 0 && height > 0 ? { x, y, width, height } : undefined;
};

const geometryOf = (document: ObjectAccess, attributes: Inherited): PageGeometry => {
  const media = boxOf(document, attributes.MediaBox) ?? a4;
  const crop = boxOf(document, attributes.CropBox);
  const rotate = document.resolve(attributes.Rotate);
  const degrees = typeof rotate === 'number' ? ((rotate % 360) + 360) % 360 : 0;
  const rotation = degrees === 90 || degrees === 180 || degrees === 270 ? degrees : 0;
  return new PageGeometry((crop && intersect(crop, media)) ?? media, rotation);
};
