import { describe, expect, it } from '@jest/globals';
import { fileType } from './file-type.js';
import { paperSize } from './image-size.js';
import { decidePage } from './page-decision.js';

describe('the type of a file', () => {
  it.each([
    ['PDF', Buffer.from('%PDF-1.4\n')],
    ['PDF', Buffer.from('junk a mail gateway put first\n%PDF-1.7\n')],
    ['JPEG', Buffer.from([0xff, 0xd8, 0xff, 0xe0])],
    ['PNG', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])],
    ['TIFF', Buffer.from([0x49, 0x49, 0x2a, 0])],
    ['TIFF', Buffer.from([0x4d, 0x4d, 0, 0x2a])],
  ])('is %s by its first bytes', (type, head) => {
    expect(fileType(head)).toEqual({ type });
  });

  it.each([
    ['GIF', Buffer.from('GIF89a')],
    ['WebP', Buffer.from('RIFF\0\0\0\0WEBPVP8 ')],
    ['Windows program', Buffer.from('MZ\x90')],
    ['text', Buffer.from('Kính gửi: Ủy ban nhân dân')],
    ['unknown', Buffer.from([0, 1, 2, 3])],
  ])('is refused as %s', (seems, head) => {
    expect(fileType(head)).toEqual({ seems });
  });
});

describe('the paper behind a bare image', () => {
  it('has the size its dpi tag gives, if that is possible', () => {
    expect(paperSize(1240, 874, 300)).toEqual({ dpi: 300, widthPoints: 297.6, heightPoints: 209.76 });
  });

  it.each([
    ['there is no tag', undefined],
    ['the tag says 7620', 7620],
    ['the tag says 2', 2],
    ['a default of 72 dpi would make the sheet larger than A3', 72],
  ])('is A4 when %s (FR-12)', (_, density) => {
    const paper = paperSize(1240, 1754, density);
    expect(Math.round(paper.dpi)).toBe(150);
    expect(Math.round(paper.heightPoints)).toBe(842);
  });

  it('fits within A4 whatever its shape, either way round', () => {
    expect(paperSize(3000, 1000, undefined).widthPoints).toBeCloseTo(841.9, 0);
    expect(paperSize(2000, 2000, undefined).widthPoints).toBeCloseTo(595.3, 0);
  });
});

describe('what is done with the text of a page', () => {
  const page = { ink: 0.05, contrast: 150, textCharacters: 0, unmappedCharacters: 0, imageCoverage: 1 };

  it.each([
    ['a scan is read', {}, 'ocr'],
    ['a digital page keeps its text', { textCharacters: 900, imageCoverage: 0 }, 'keep-text'],
    ['a page number over a scan does not make it digital', { textCharacters: 30 }, 'ocr'],
    ['a page of text over a background picture is digital', { textCharacters: 900 }, 'keep-text'],
    [
      'text without a Unicode map is garbage',
      { textCharacters: 300, unmappedCharacters: 300, imageCoverage: 0 },
      'ocr',
    ],
    ['a drawing without text is read', { imageCoverage: 0 }, 'ocr'],
    ['nothing to be seen is blank', { ink: 0 }, 'blank'],
    ['a page too faint to read goes to a human', { contrast: 12 }, 'needs-human'],
  ] as const)('%s', (_, facts, decision) => {
    expect(decidePage({ ...page, ...facts })).toBe(decision);
  });
});
