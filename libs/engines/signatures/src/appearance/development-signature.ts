import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { outlineText } from './text-outline.js';

const WIDTH = 640;
const HEIGHT = 320;

/**
 * A made-up handwritten signature for development: the given name slanted and a flourish whose shape depends on the
 * name, blue on transparent (FR-40), marked TEST.
 * @returns PNG, 640 x 320 pixels
 */
export const drawDevelopmentSignature = async (name: string): Promise<Uint8Array> => {
  // A Vietnamese full name ends with the name a person is called by, which is what they sign with.
  const given = name.trim().split(/\s+/).at(-1) ?? name;
  const { characters, width, unitsPerEm } = outlineText(given);
  const random = [...createHash('sha256').update(name.normalize('NFC')).digest()].map((octet) => octet / 255);
  const at = (index: number): number => random[index % random.length] ?? 0.5;

  const scale = Math.min(130 / unitsPerEm, 330 / width);
  let pen = 0;
  const letters = characters.map(({ path, advance }, index) => {
    const lift = (at(index) - 0.5) * 24;
    const letter = `<path transform="translate(${pen} ${lift / scale}) rotate(${(at(index + 7) - 0.5) * 12})" d="${path}"/>`;
    pen += advance * 0.92;
    return letter;
  });
  const start = 60 + at(1) * 30;
  const flourish = [
    `M ${start} ${200 + at(2) * 30}`,
    `C ${start - 30} ${40 + at(3) * 40}, ${start + 120} ${10 + at(4) * 40}, ${start + 70} ${220 + at(5) * 30}`,
    `S ${250 + at(6) * 60} ${60 + at(7) * 40}, ${330 + at(8) * 40} ${190 + at(9) * 40}`,
    `S ${460 + at(10) * 40} ${120 + at(11) * 60}, ${570 + at(12) * 40} ${150 + at(13) * 60}`,
  ].join(' ');
  const mark = outlineText('TEST');
  const markScale = 22 / mark.unitsPerEm;
  let markPen = 0;
  const marks = mark.characters.map(({ path, advance }) => {
    const letter = `<path transform="translate(${markPen} 0)" d="${path}"/>`;
    markPen += advance * 1.2;
    return letter;
  });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}">
    <g fill="#1c3fae" transform="translate(190 200) skewX(-18) rotate(-6) scale(${scale} ${-scale})">${letters.join('')}</g>
    <path d="${flourish}" fill="none" stroke="#1c3fae" stroke-width="6" stroke-linecap="round" stroke-linejoin="round"/>
    <path d="M 120 252 Q 330 ${225 + at(14) * 30} 540 240" fill="none" stroke="#1c3fae" stroke-width="4" stroke-linecap="round"/>
    <g fill="#1c3fae" transform="translate(300 300) scale(${markScale} ${-markScale})">${marks.join('')}</g>
  </svg>`;
  return sharp(Buffer.from(svg)).png().toBuffer();
};
