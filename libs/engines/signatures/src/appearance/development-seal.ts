import sharp from 'sharp';
import { outlineText } from './text-outline.js';

const RED = '#d4141c';
const DOTS_PER_MILLIMETRE = 600 / 25.4;

/** Characters along a circle, each standing upright from the centre (`outward`) or towards it. Angles in degrees from the top. */
const alongCircle = (
  text: string,
  options: { readonly radius: number; readonly size: number; readonly spread: number; readonly bottom: boolean },
): string => {
  const { characters, width, unitsPerEm } = outlineText(text);
  const natural = ((width * (options.size / unitsPerEm)) / options.radius) * (180 / Math.PI);
  // A long name is set smaller so that it stays inside its part of the ring.
  const size = natural > options.spread ? (options.size * options.spread) / natural : options.size;
  const scale = size / unitsPerEm;
  const toDegrees = (units: number): number => ((units * scale) / options.radius) * (180 / Math.PI);
  let angle = -toDegrees(width) / 2;
  return characters
    .map(({ path, advance }) => {
      const middle = angle + toDegrees(advance) / 2;
      angle += toDegrees(advance);
      const turn = options.bottom ? 180 - middle : middle;
      const upright = options.bottom
        ? `translate(0 ${-options.radius}) rotate(180)`
        : `translate(0 ${-options.radius})`;
      return `<path transform="rotate(${turn}) ${upright} scale(${scale} ${-scale}) translate(${-advance / 2} 0)" d="${path}"/>`;
    })
    .join('');
};

const star = (radius: number): string => {
  const points = Array.from({ length: 10 }, (_, index) => {
    const distance = index % 2 === 0 ? radius : radius * 0.382;
    const angle = (index * Math.PI) / 5;
    return `${(distance * Math.sin(angle)).toFixed(2)},${(-distance * Math.cos(angle)).toFixed(2)}`;
  });
  return `<polygon points="${points.join(' ')}"/>`;
};

/**
 * A made-up round seal for development: agency name around a star, red on transparent (FR-41), marked TEST.
 * @param options.diameterMillimetres real size; the image has 600 dots per inch at it
 * @returns PNG, square
 */
export const drawDevelopmentSeal = async (
  agencyName: string,
  options: { readonly diameterMillimetres?: number } = {},
): Promise<Uint8Array> => {
  const side = Math.round((options.diameterMillimetres ?? 36) * DOTS_PER_MILLIMETRE);
  const ring = alongCircle(agencyName.toLocaleUpperCase('vi'), { radius: 70, size: 17, spread: 250, bottom: false });
  const mark = alongCircle('BẢN THỬ NGHIỆM - TEST', { radius: 81, size: 12, spread: 100, bottom: true });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}" viewBox="-100 -100 200 200">
    <g fill="none" stroke="${RED}"><circle r="97" stroke-width="4"/><circle r="91" stroke-width="1.2"/><circle r="58" stroke-width="1.6"/></g>
    <g fill="${RED}">${ring}${mark}${star(36)}</g>
  </svg>`;
  return sharp(Buffer.from(svg)).png().withMetadata({ density: 600 }).toBuffer();
};
