import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { type Box, PageGeometry, pointsPerMillimetre } from '#engines/pdf';
import { handwrittenPdf, onePage } from '../../../pdf/test/handwritten-pdf.js';
import { withFiles, withTool } from '../../test/outside-judges.js';
import { createTestKeys, signedAt, type TestKeys } from '../../test/test-keys.js';
import {
  agencySealSlot,
  attachmentSlot,
  authorisedPersonSlot,
  certifiedCopySlot,
  drawDevelopmentSeal,
  drawDevelopmentSignature,
  readSignatureImage,
  scanSignatureSlot,
  type SignatureImage,
  signPdf,
} from '../index.js';
import { placeSlot } from './place-slot.js';

const a4 = new PageGeometry({ x: 0, y: 0, width: 595, height: 842 }, 0);
const scan = scanSignatureSlot({ scannerName: 'Lê Thị Hoa', at: signedAt });
let image: SignatureImage;
let seal: SignatureImage;
let keys: TestKeys;

beforeAll(async () => {
  image = await readSignatureImage(await drawDevelopmentSignature('Phạm Quốc Dũng'));
  seal = await readSignatureImage(await drawDevelopmentSeal('UBND phường Thành Sen'));
  keys = await createTestKeys();
});

const linesOf = (slot: { content: { kind: string } }): unknown => (slot.content as { lines?: unknown }).lines;

describe('scan signature (FR-39)', () => {
  it('stands at the top left of page 1 with name and time', () => {
    const box = placeSlot(scan, a4, [], 1);
    expect(scan.page).toBe(1);
    expect(box.x).toBeLessThan(30);
    expect(box.y + box.height).toBeGreaterThan(842 - 30);
    expect(linesOf(scan)).toEqual(['Người số hóa: Lê Thị Hoa', 'Thời gian: 2026-03-05T16:29:22+07:00']);
  });

  it('may print the time in the other mask (FR-44)', () => {
    const slot = scanSignatureSlot({ scannerName: 'An', at: signedAt, mask: 'DOTTED' });
    expect(linesOf(slot)).toEqual(['Người số hóa: An', 'Thời gian: 05.03.2026 16:29:22 +07:00']);
  });
});

describe('authorised person and agency (FR-40, FR-41)', () => {
  const area: Box = { x: 300, y: 100, width: 200, height: 60 };

  it('centres the image between title and name and keeps its shape', () => {
    const { box } = authorisedPersonSlot({ image, page: 2, box: area }).place;
    expect(box.x + box.width / 2).toBeCloseTo(400);
    expect(box.y + box.height / 2).toBeCloseTo(130);
    expect(box.width / box.height).toBeCloseTo(image.width / image.height);
  });

  it('lays the seal at real size over a third of the image, on its left', () => {
    const signerBox = authorisedPersonSlot({ image, page: 2, box: area }).place.box;
    const { place } = agencySealSlot({ image: seal, widthMillimetres: 36, page: 2, signerBox });
    const box = (place as { box: Box }).box;
    expect(box.width).toBeCloseTo(36 * pointsPerMillimetre);
    expect(box.width).toBeCloseTo(102.05, 2);
    const covered = (box.x + box.width - signerBox.x) / signerBox.width;
    expect(covered).toBeCloseTo(1 / 3);
    expect(box.x).toBeLessThan(signerBox.x);
  });

  it('takes a PNG with a transparent background and nothing else', async () => {
    const solid = sharp({
      create: { width: 40, height: 20, channels: 4, background: { r: 0, g: 0, b: 200, alpha: 1 } },
    });
    const opaque = await solid.clone().png().toBuffer();
    const withoutAlpha = await solid.clone().removeAlpha().png().toBuffer();
    const jpeg = await solid.clone().jpeg().toBuffer();
    await expect(readSignatureImage(opaque)).rejects.toMatchObject({ code: 'signature-image-not-transparent' });
    await expect(readSignatureImage(withoutAlpha)).rejects.toMatchObject({ code: 'signature-image-not-transparent' });
    await expect(readSignatureImage(jpeg)).rejects.toMatchObject({ code: 'signature-image-not-png' });
    await expect(readSignatureImage(opaque.subarray(0, 40))).rejects.toMatchObject({ code: 'signature-image-not-png' });
  });
});

describe('attachment and copy (FR-42, FR-43)', () => {
  it.each([
    [attachmentSlot({ documentNumber: '15/QĐ-UBND', at: signedAt }), ['15/QĐ-UBND', '2026-03-05T16:29:22+07:00']],
    [
      certifiedCopySlot({ form: 'SAO Y', agencyName: 'UBND phường Thành Sen', at: signedAt }),
      ['SAO Y', 'UBND phường Thành Sen', '2026-03-05T16:29:22+07:00'],
    ],
  ])('stands at the top right of page 1, size 10, no image', (slot, lines) => {
    const box = placeSlot(slot, a4, [], 1);
    expect(box.x + box.width).toBeCloseTo(595 - 20);
    expect(slot.content).toMatchObject({ kind: 'TEXT', fontSize: 10 });
    expect(linesOf(slot)).toEqual(lines);
  });
});

describe('finding a free place (FR-45)', () => {
  it('goes to the right of what is there, then below', () => {
    const first = placeSlot(scan, a4, [], 1);
    const second = placeSlot(scan, a4, [first], 1);
    expect(second.y).toBeCloseTo(first.y);
    expect(second.x).toBeGreaterThanOrEqual(first.x + first.width);
    const wholeRow = { x: 0, y: first.y - 10, width: 595, height: 100 };
    const third = placeSlot(scan, a4, [wholeRow], 1);
    expect(third.x).toBe(first.x);
    expect(third.y + third.height).toBeLessThanOrEqual(wholeRow.y);
  });

  it('keeps clear of a QR code it is told about, and tolerates a touch under 5 %', () => {
    const free = placeSlot(scan, a4, [], 1);
    const qr = { x: 20, y: 760, width: 70, height: 70 };
    const moved = placeSlot(scanSignatureSlot({ scannerName: 'Lê Thị Hoa', at: signedAt, avoid: [qr] }), a4, [], 1);
    expect(moved.x).toBeGreaterThanOrEqual(90);
    const touching = { x: free.x + free.width - 1, y: free.y, width: 100, height: free.height };
    expect(placeSlot(scan, a4, [touching], 1)).toEqual(free);
  });

  it('says so when the page is full or the box lies outside', () => {
    const full = { x: 0, y: 0, width: 595, height: 842 };
    expect(() => placeSlot(scan, a4, [full], 1)).toThrow(
      expect.objectContaining({ code: 'signature-slot-unavailable' }),
    );
    const outside = authorisedPersonSlot({ image, page: 1, box: { x: 590, y: 0, width: 100, height: 50 } });
    expect(() => placeSlot(outside, a4, [], 1)).toThrow(
      expect.objectContaining({ code: 'signature-slot-unavailable' }),
    );
  });
});

describe('as the reader sees it', () => {
  const pages: [string, string][] = [
    ['upright', '/MediaBox [0 0 595 842]'],
    ['turned by 90', '/MediaBox [0 0 842 595] /Rotate 90'],
    ['turned by 180 and cropped', '/MediaBox [-100 -100 700 900] /CropBox [0 0 595 842] /Rotate 180'],
    ['turned by 270 and cropped', '/MediaBox [0 0 900 700] /CropBox [50 50 892 645] /Rotate 270'],
  ];

  it.each(pages)('blue image and red seal are where they belong on a page %s', async (_, entries) => {
    const leader = authorisedPersonSlot({ image, page: 1, box: { x: 350, y: 150, width: 150, height: 75 } });
    let pdf = await signPdf(handwrittenPdf(onePage(entries)), keys.leader, { signedAt, slot: leader });
    const sealed = agencySealSlot({ image: seal, widthMillimetres: 36, page: 1, signerBox: leader.place.box });
    pdf = await signPdf(pdf, keys.agency, { signedAt, slot: sealed });
    const rendered = withTool('pdftoppm', (run) =>
      withFiles({ pdf }, (paths, folder) => {
        run('-png', '-r', '72', '-cropbox', '-singlefile', paths.pdf, `${folder}/page`);
        return readFileSync(`${folder}/page.png`);
      }),
    );
    if (!rendered) return;
    const { data, info } = await sharp(rendered).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    expect([info.width, info.height]).toEqual([595, 842]);
    // At 72 dpi a pixel is a point; rows count from the top.
    const extent = (isInk: (red: number, blue: number) => boolean): { left: number; right: number; top: number } => {
      const found = { left: Infinity, right: 0, top: Infinity };
      for (let at = 0; at < data.length; at += 3) {
        if (!isInk(data[at] ?? 255, data[at + 2] ?? 255)) continue;
        const column = (at / 3) % info.width;
        found.left = Math.min(found.left, column);
        found.right = Math.max(found.right, column);
        found.top = Math.min(found.top, Math.floor(at / 3 / info.width));
      }
      return found;
    };
    const red = extent((r, b) => r - b > 100);
    const blue = extent((r, b) => b - r > 100);
    const box = (sealed.place as { box: Box }).box;
    expect(red.left).toBeCloseTo(box.x, -1);
    expect(red.right).toBeCloseTo(box.x + box.width, -1);
    expect(red.top).toBeCloseTo(842 - box.y - box.height, -1);
    expect(blue.right).toBeGreaterThan(350 + 100);
    expect(blue.right).toBeLessThan(350 + 150);
  });

  it.each(pages)('Vietnamese text is read back from a page %s', async (_, entries) => {
    const name = 'Nguyễn Ngọc Ỷ Đằng Ưỡng';
    const slot = scanSignatureSlot({ scannerName: name, at: signedAt });
    const pdf = await signPdf(handwrittenPdf(onePage(entries)), keys.officer, { signedAt, slot });
    const text = withTool('pdftotext', (run) => withFiles({ pdf }, (paths) => run('-layout', paths.pdf, '-')));
    expect(text?.normalize('NFC') ?? name).toContain(name);
  });
});
