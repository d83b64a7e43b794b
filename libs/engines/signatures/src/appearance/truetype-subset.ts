/**
 * A TrueType font reduced to some of its glyphs (OpenType 1.9: glyf, loca). The subsetter of fontkit leaves glyphs of
 * odd length unaligned, and readers then show blanks; hence this one.
 */
export interface TrueTypeSubset {
  /** The reduced font file: the tables that a CIDFontType2 needs (ISO 32000-2, 9.9.1). */
  readonly program: Buffer;
  /** New glyph number of each glyph asked for. */
  readonly numbers: ReadonlyMap<number, number>;
}

const keptTables = ['cvt ', 'fpgm', 'head', 'hhea', 'maxp', 'prep'];

// Flags of a composite glyph's component (glyf table).
const ARGUMENTS_ARE_WORDS = 0x0001;
const HAS_SCALE = 0x0008;
const MORE_COMPONENTS = 0x0020;
const HAS_TWO_SCALES = 0x0040;
const HAS_MATRIX = 0x0080;

const tablesOf = (font: Buffer): Map<string, Buffer> => {
  const tables = new Map<string, Buffer>();
  for (let index = 0; index < font.readUInt16BE(4); index++) {
    const at = 12 + index * 16;
    const offset = font.readUInt32BE(at + 8);
    tables.set(font.toString('latin1', at, at + 4), font.subarray(offset, offset + font.readUInt32BE(at + 12)));
  }
  return tables;
};

/** Offsets within a composite glyph where the numbers of its components stand; none for a simple glyph. */
const componentOffsets = (glyph: Buffer): number[] => {
  if (glyph.length < 10 || glyph.readInt16BE(0) >= 0) return [];
  const offsets: number[] = [];
  for (let at = 10; ;) {
    const flags = glyph.readUInt16BE(at);
    offsets.push(at + 2);
    at += 4 + (flags & ARGUMENTS_ARE_WORDS ? 4 : 2);
    if (flags & HAS_SCALE) at += 2;
    else if (flags & HAS_TWO_SCALES) at += 4;
    else if (flags & HAS_MATRIX) at += 8;
    if (!(flags & MORE_COMPONENTS)) return offsets;
  }
};

/** @param glyphs glyph numbers to keep; glyph 0 and the components of composite glyphs are kept as well */
export const subsetTrueType = (font: Buffer, glyphs: Iterable<number>): TrueTypeSubset => {
  const tables = tablesOf(font);
  const table = (tag: string): Buffer => {
    const found = tables.get(tag);
    if (!found) throw new TypeError(`font without ${tag}`);
    return found;
  };
  const head = Buffer.from(table('head'));
  const hhea = Buffer.from(table('hhea'));
  const maxp = Buffer.from(table('maxp'));
  const [loca, glyf, hmtx] = [table('loca'), table('glyf'), table('hmtx')];
  const longOffsets = head.readInt16BE(50) === 1;
  const offsetOf = (glyph: number): number =>
    longOffsets ? loca.readUInt32BE(glyph * 4) : loca.readUInt16BE(glyph * 2) * 2;
  const metrics = hhea.readUInt16BE(34);

  const numbers = new Map<number, number>([[0, 0]]);
  for (const glyph of glyphs) if (!numbers.has(glyph)) numbers.set(glyph, numbers.size);
  const outlines: Buffer[] = [];
  // The map grows while it is walked: components come behind the glyphs that use them.
  for (const glyph of numbers.keys()) {
    const outline = Buffer.from(glyf.subarray(offsetOf(glyph), offsetOf(glyph + 1)));
    for (const at of componentOffsets(outline)) {
      const component = outline.readUInt16BE(at);
      if (!numbers.has(component)) numbers.set(component, numbers.size);
      outline.writeUInt16BE(numbers.get(component) ?? 0, at);
    }
    outlines.push(outline);
  }

  const newLoca = Buffer.alloc((outlines.length + 1) * 4);
  const padded = outlines.map((outline) => Buffer.concat([outline, Buffer.alloc(-outline.length & 3)]));
  let end = 0;
  padded.forEach((outline, index) => {
    end += outline.length;
    newLoca.writeUInt32BE(end, (index + 1) * 4);
  });
  const newMetrics = Buffer.alloc(outlines.length * 4);
  [...numbers.keys()].forEach((glyph, index) => {
    newMetrics.writeUInt16BE(hmtx.readUInt16BE(Math.min(glyph, metrics - 1) * 4), index * 4);
    const bearing = glyph < metrics ? glyph * 4 + 2 : metrics * 4 + (glyph - metrics) * 2;
    newMetrics.writeInt16BE(hmtx.readInt16BE(bearing), index * 4 + 2);
  });
  head.writeInt16BE(1, 50);
  hhea.writeUInt16BE(outlines.length, 34);
  maxp.writeUInt16BE(outlines.length, 4);

  const kept = new Map(keptTables.flatMap((tag) => (tables.has(tag) ? [[tag, table(tag)] as const] : [])));
  kept.set('head', head).set('hhea', hhea).set('maxp', maxp);
  kept.set('glyf', Buffer.concat(padded)).set('loca', newLoca).set('hmtx', newMetrics);
  return { program: writeFont(kept), numbers };
};

const checksum = (table: Buffer): number => {
  const padded = Buffer.concat([table, Buffer.alloc(-table.length & 3)]);
  let sum = 0;
  for (let at = 0; at < padded.length; at += 4) sum = (sum + padded.readUInt32BE(at)) >>> 0;
  return sum;
};

const writeFont = (tables: ReadonlyMap<string, Buffer>): Buffer => {
  const entries = [...tables].sort(([a], [b]) => (a < b ? -1 : 1));
  const power = Math.floor(Math.log2(entries.length));
  const directory = Buffer.alloc(12 + entries.length * 16);
  directory.writeUInt32BE(0x00010000, 0);
  directory.writeUInt16BE(entries.length, 4);
  directory.writeUInt16BE(2 ** power * 16, 6);
  directory.writeUInt16BE(power, 8);
  directory.writeUInt16BE((entries.length - 2 ** power) * 16, 10);
  const parts: Buffer[] = [directory];
  let offset = directory.length;
  entries.forEach(([tag, table], index) => {
    const at = 12 + index * 16;
    directory.write(tag, at, 'latin1');
    directory.writeUInt32BE(checksum(table), at + 4);
    directory.writeUInt32BE(offset, at + 8);
    directory.writeUInt32BE(table.length, at + 12);
    const padded = Buffer.concat([table, Buffer.alloc(-table.length & 3)]);
    parts.push(padded);
    offset += padded.length;
  });
  return Buffer.concat(parts);
};
