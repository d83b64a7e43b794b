import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { deflateSync } from 'node:zlib';
import fontkit, { type Font } from '@pdf-lib/fontkit';
import { type IncrementalWriter, name, PdfDict, type PdfRef, PdfStream, PdfString } from '#engines/pdf';
import { subsetTrueType } from './truetype-subset.js';

/**
 * Tinos has the metrics of Times New Roman, which the decree prescribes and which may not be embedded freely
 * (FR-42), and all Vietnamese letters. Licence: SIL OFL 1.1.
 */
const loadTinos = (): { file: Buffer; font: Font } => {
  const path = createRequire(import.meta.url).resolve('@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf');
  const file = readFileSync(path);
  return { file, font: fontkit.create(file) };
};

let loaded: { file: Buffer; font: Font } | undefined;

const loadOnce = (): { file: Buffer; font: Font } => (loaded ??= loadTinos());

export const tinos = (): Font => loadOnce().font;

/** Width of a line in points. */
export const measureText = (text: string, fontSize: number): number => {
  const font = tinos();
  const units = [...text.normalize('NFC')].reduce(
    (sum, character) => sum + font.glyphForCodePoint(character.codePointAt(0) ?? 32).advanceWidth,
    0,
  );
  return (units / font.unitsPerEm) * fontSize;
};

/** Ascent and descent of a line in points, both positive. */
export const lineExtent = (fontSize: number): { ascent: number; descent: number } => {
  const font = tinos();
  return {
    ascent: (font.ascent / font.unitsPerEm) * fontSize,
    descent: (-font.descent / font.unitsPerEm) * fontSize,
  };
};

interface Subset {
  readonly program: Buffer;
  readonly programLength: number;
  /** Glyph number in the subset, by character. */
  readonly glyphs: ReadonlyMap<string, number>;
  /** Advance widths in thousandths, by glyph number from 0. */
  readonly widths: readonly number[];
}

const subsets = new Map<string, Subset>();
const MAX_REMEMBERED_SUBSETS = 200;

const subsetFor = (characters: string): Subset => {
  const known = subsets.get(characters);
  if (known) return known;
  const built = buildSubset(characters);
  if (subsets.size >= MAX_REMEMBERED_SUBSETS) subsets.clear();
  subsets.set(characters, built);
  return built;
};

const buildSubset = (characters: string): Subset => {
  const { file, font } = loadOnce();
  const original = new Map(
    [...characters].map((character) => [character, font.glyphForCodePoint(character.codePointAt(0) ?? 32)] as const),
  );
  const { program, numbers } = subsetTrueType(
    file,
    [...original.values()].map(({ id }) => id),
  );
  const widths = new Array<number>(numbers.size).fill(0);
  for (const [glyph, number] of numbers) {
    widths[number] = Math.round((font.getGlyph(glyph).advanceWidth / font.unitsPerEm) * 1000);
  }
  return {
    program: deflateSync(program),
    programLength: program.length,
    glyphs: new Map([...original].map(([character, { id }]) => [character, numbers.get(id) ?? 0])),
    widths,
  };
};

/** Six letters that tell subsets of one font apart (ISO 32000-2, 9.9.2). */
const subsetTag = (characters: string): string =>
  [...createHash('sha256').update(characters).digest().subarray(0, 6)]
    .map((octet) => String.fromCharCode(65 + (octet % 26)))
    .join('');

/** A font object in the file being written, and how to write text with it. */
export interface EmbeddedFont {
  readonly ref: PdfRef;
  /** Operand of Tj: hexadecimal glyph numbers. */
  show(text: string): string;
}

const toUnicode = (glyphs: ReadonlyMap<string, number>): string => {
  const hex = (value: number): string => value.toString(16).padStart(4, '0');
  const lines = [...glyphs].map(([character, glyph]) => {
    const units = Buffer.from(character, 'utf16le').swap16().toString('hex');
    return `<${hex(glyph)}> <${units}>`;
  });
  const blocks: string[] = [];
  for (let at = 0; at < lines.length; at += 100) {
    const block = lines.slice(at, at + 100);
    blocks.push(`${block.length} beginbfchar\n${block.join('\n')}\nendbfchar`);
  }
  return [
    '/CIDInit /ProcSet findresource begin 12 dict begin begincmap',
    '/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def',
    '/CMapName /Adobe-Identity-UCS def /CMapType 2 def',
    '1 begincodespacerange <0000> <ffff> endcodespacerange',
    ...blocks,
    'endcmap CMapName currentdict /CMap defineresource pop end end',
  ].join('\n');
};

/**
 * Adds the subset of the font that the text needs: Type0, Identity-H, with a ToUnicode map so that the text can be
 * searched and copied (ISO 32000-2, 9.7 and 9.10.3).
 */
export const embedTinos = (writer: IncrementalWriter, text: string): EmbeddedFont => {
  const font = tinos();
  const characters = [...new Set(text.normalize('NFC'))].sort().join('');
  const { program, programLength, glyphs, widths } = subsetFor(characters);
  const thousandths = (units: number): number => Math.round((units / font.unitsPerEm) * 1000);
  const flate = (entries: readonly (readonly [string, number])[], data: Uint8Array): PdfRef =>
    writer.add(PdfStream.of(new PdfDict([...entries, ['Filter', name('FlateDecode')]]), data));

  const baseFont = name(`${subsetTag(characters)}+Tinos-Regular`);
  const { bbox } = font;
  const descriptor = writer.add(
    new PdfDict([
      ['Type', name('FontDescriptor')],
      ['FontName', baseFont],
      ['Flags', 6],
      ['FontBBox', [bbox.minX, bbox.minY, bbox.maxX, bbox.maxY].map(thousandths)],
      ['ItalicAngle', 0],
      ['Ascent', thousandths(font.ascent)],
      ['Descent', thousandths(font.descent)],
      ['CapHeight', thousandths(font.capHeight)],
      ['StemV', 80],
      ['FontFile2', flate([['Length1', programLength]], program)],
    ]),
  );
  const ascii = (value: string): PdfString => new PdfString(Buffer.from(value, 'latin1'));
  const descendant = writer.add(
    new PdfDict([
      ['Type', name('Font')],
      ['Subtype', name('CIDFontType2')],
      ['BaseFont', baseFont],
      [
        'CIDSystemInfo',
        new PdfDict([
          ['Registry', ascii('Adobe')],
          ['Ordering', ascii('Identity')],
          ['Supplement', 0],
        ]),
      ],
      ['FontDescriptor', descriptor],
      ['CIDToGIDMap', name('Identity')],
      ['W', [0, widths]],
    ]),
  );
  const ref = writer.add(
    new PdfDict([
      ['Type', name('Font')],
      ['Subtype', name('Type0')],
      ['BaseFont', baseFont],
      ['Encoding', name('Identity-H')],
      ['DescendantFonts', [descendant]],
      ['ToUnicode', flate([], deflateSync(toUnicode(glyphs)))],
    ]),
  );
  return {
    ref,
    show: (line) =>
      `<${[...line.normalize('NFC')].map((character) => (glyphs.get(character) ?? 0).toString(16).padStart(4, '0')).join('')}>`,
  };
};
