import { segmentsOf } from '../extraction/segments.js';
import type { OcrPage } from '../ocr/ocr-engine.port.js';

/** Degree of a state secret (Law on Protection of State Secrets 2018 Art. 8), lowest to highest. */
export type SecrecyDegree = 'MAT' | 'TOI_MAT' | 'TUYET_MAT';

const degrees: readonly (readonly [SecrecyDegree, RegExp])[] = [
  ['TUYET_MAT', /^TUY[ỆÊẸE]T\s?M[ẬÂẠA]T$/u],
  ['TOI_MAT', /^T[ỐÔÓO]I\s?M[ẬÂẠA]T$/u],
  ['MAT', /^M[ẬÂẠA]T$/u],
];

/** A mark is a line of its own in capitals, perhaps after the words that announce it, perhaps framed. */
const markOf = (text: string): SecrecyDegree | undefined => {
  const bare = text
    .normalize('NFC')
    .replace(/^\s*(Độ mật|ĐỘ MẬT)\s*:/u, '')
    .replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  return degrees.find(([, pattern]) => pattern.test(bare))?.[0];
};

/**
 * Alarm for papers that must not be digitised (Circular 01/2023 Art. 4, FR-18): the highest degree that stands by
 * itself on a line or in a column, with the page it stands on. A missing tone mark does not hide it; the word inside a
 * sentence ("bảo mật") does not raise it.
 */
export const secrecyMark = (
  pages: readonly OcrPage[],
): { readonly degree: SecrecyDegree; readonly page: number } | undefined => {
  const found: { degree: SecrecyDegree; page: number }[] = [];
  pages.forEach((page, index) => {
    for (const { text } of segmentsOf(page, index + 1)) {
      const degree = markOf(text);
      if (degree) found.push({ degree, page: index + 1 });
    }
  });
  return degrees.flatMap(([degree]) => found.filter((mark) => mark.degree === degree))[0];
};
