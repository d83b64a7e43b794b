import { copyFile, rename, rm } from 'node:fs/promises';
import { DomainError } from '#kernel';
import type { Inspection } from '../inspection/inspection.js';
import type { ChildLimits } from '../process/child-process.js';
import { documentChild } from '../process/document-child.js';

const defaultConversionLimits: ChildLimits = { timeoutMs: 300_000, memoryMb: 2048 };

/**
 * One PDF of at least version 1.4, colour kept, scale 100 % (FR-11). A PDF is copied byte for byte; a JPEG is embedded
 * byte for byte; PNG and TIFF keep every pixel. Pages have the size of the paper the inspection found.
 * @param outPath appears when it is complete, or not at all
 * @throws DomainError `conversion-timed-out`, `conversion-failed`
 */
export const toPdf = async (
  path: string,
  inspection: Inspection,
  outPath: string,
  options: { readonly limits?: ChildLimits; readonly signal?: AbortSignal } = {},
): Promise<void> => {
  if (inspection.obstacle !== undefined || inspection.type === undefined)
    throw new DomainError('conversion-failed', { reason: inspection.obstacle ?? 'TYPE_NOT_ACCEPTED' });
  const { type } = inspection;
  const part = `${outPath}.part`;
  try {
    if (type === 'PDF') await copyFile(path, part);
    else {
      const pages = inspection.pages.map(({ widthPoints, heightPoints }) => ({ widthPoints, heightPoints }));
      await documentChild<void>(
        { operation: 'convert', path, type, pages, outPath: part },
        options.limits ?? defaultConversionLimits,
        options.signal,
        { timedOut: 'conversion-timed-out', failed: 'conversion-failed' },
      );
    }
    await rename(part, outPath);
  } finally {
    await rm(part, { force: true });
  }
};
