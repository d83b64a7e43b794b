import { tinos } from './tinos-font.js';

/** One character as an SVG path in font units, y upwards, and how far the pen moves on. */
export interface OutlinedCharacter {
  readonly path: string;
  readonly advance: number;
}

/** A text as outlines, so that drawing it needs no font on the machine. Advances are in the unit of `unitsPerEm`. */
export const outlineText = (text: string): { characters: OutlinedCharacter[]; width: number; unitsPerEm: number } => {
  const font = tinos();
  const characters = [...text.normalize('NFC')].map((character) => {
    const glyph = font.glyphForCodePoint(character.codePointAt(0) ?? 32);
    return { path: glyph.path.toSVG(), advance: glyph.advanceWidth };
  });
  return {
    characters,
    width: characters.reduce((sum, { advance }) => sum + advance, 0),
    unitsPerEm: font.unitsPerEm,
  };
};
