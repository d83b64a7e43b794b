import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { DomainError } from '#kernel';

/** A PNG ready to become an image XObject with its soft mask. Samples are 8 bits, deflated. */
export interface SignatureImage {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  readonly colour: Uint8Array;
  readonly alpha: Uint8Array;
}

const MAX_PIXELS = 16_000_000;
/** Share of wholly transparent pixels from which a background counts as transparent. */
const TRANSPARENT_SHARE = 0.05;

const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/**
 * Reads the image of a handwritten signature or of a seal: PNG with a transparent background, nothing else
 * (Decree 30/2020, Appendix I, II.7.d and II.8; FR-40, FR-41).
 * @throws DomainError `signature-image-not-png`, `signature-image-not-transparent`
 */
export const readSignatureImage = async (png: Uint8Array): Promise<SignatureImage> => {
  if (!pngSignature.equals(png.subarray(0, pngSignature.length))) throw new DomainError('signature-image-not-png');
  const image = sharp(png, { limitInputPixels: MAX_PIXELS });
  const decoded = await image
    .metadata()
    .then(async ({ hasAlpha }) => {
      if (!hasAlpha) throw new DomainError('signature-image-not-transparent');
      return image.toColourspace('srgb').ensureAlpha().raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
    })
    .catch((cause: unknown) => {
      throw cause instanceof DomainError ? cause : new DomainError('signature-image-not-png', {}, { cause });
    });
  const { width, height } = decoded.info;
  const pixels = width * height;
  const colour = Buffer.allocUnsafe(pixels * 3);
  const alpha = Buffer.allocUnsafe(pixels);
  let transparent = 0;
  for (let pixel = 0; pixel < pixels; pixel++) {
    decoded.data.copy(colour, pixel * 3, pixel * 4, pixel * 4 + 3);
    const opacity = decoded.data[pixel * 4 + 3] ?? 255;
    alpha[pixel] = opacity;
    if (opacity === 0) transparent++;
  }
  if (transparent < pixels * TRANSPARENT_SHARE) throw new DomainError('signature-image-not-transparent');
  return { width, height, colour: deflateSync(colour), alpha: deflateSync(alpha) };
};
