import { describe, expect, it } from '@jest/globals';
import { preferredLocale } from './preferred-locale.js';

describe('the language of an answer', () => {
  it.each([
    [undefined, 'vi'],
    ['', 'vi'],
    ['fr', 'vi'],
    ['en', 'en'],
    ['en-GB,en;q=0.9', 'en'],
    ['vi-VN,vi;q=0.9,en;q=0.8', 'vi'],
    ['en;q=0.5, vi;q=0.4', 'en'],
    ['en, vi', 'vi'],
    ['en;q=0', 'vi'],
  ])('for Accept-Language "%s" is %s', (header, locale) => {
    expect(preferredLocale(header)).toBe(locale);
  });
});
