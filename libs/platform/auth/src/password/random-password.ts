import { randomInt } from 'node:crypto';

// Without characters that look alike when read from a terminal.
const alphabets = ['abcdefghijkmnpqrstuvwxyz', 'ABCDEFGHJKLMNPQRSTUVWXYZ', '23456789', '-+=@#'] as const;
const length = 16;

const pick = (alphabet: string): string => alphabet.charAt(randomInt(alphabet.length));

/** A password that meets the policy: 16 characters, about 92 bits. */
export const randomPassword = (): string => {
  const characters = [
    ...alphabets.map(pick),
    ...Array.from({ length: length - alphabets.length }, () => pick(alphabets.join(''))),
  ];
  for (let i = characters.length - 1; i > 0; i--) {
    const j = randomInt(i + 1);
    [characters[i], characters[j]] = [characters[j] ?? '', characters[i] ?? ''];
  }
  return characters.join('');
};
