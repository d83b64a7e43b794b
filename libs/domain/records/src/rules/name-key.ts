import { nfc } from '#kernel';

/** Names are compared without regard to case and spaces, but with their diacritics, which tell people apart (FR-26). */
export const nameKey = (name: string): string => nfc(name).toLowerCase().replace(/\s+/gu, ' ').trim();
