import { DomainError } from '#kernel';
import { stat } from 'node:fs/promises';
import { documentChild } from '../process/document-child.js';
import { headOf } from './file-head.js';
import { fileType } from './file-type.js';
import type { Inspection, InspectionLimits } from './inspection.js';

/**
 * Facts about an uploaded file: type by content, what a PDF carries, and size, dpi, colour, skew and text of every
 * page. The file is opened in a process of its own, limited in time and memory. What is wrong with the file is a fact
 * (`obstacle`), not an error.
 * @throws DomainError `inspection-timed-out`, `inspection-failed`
 */
export const inspectFile = async (
  path: string,
  limits: InspectionLimits,
  signal?: AbortSignal,
): Promise<Inspection> => {
  const [head, { size: bytes }] = await Promise.all([headOf(path), stat(path)]).catch((cause: unknown) => {
    throw new DomainError('inspection-failed', { reason: 'UNREADABLE' }, { cause });
  });
  const known = { bytes, pageCount: 0, largestPixels: 0, pages: [] };
  if (bytes === 0) return { ...known, obstacle: 'EMPTY' };
  const { type, seems } = fileType(head);
  if (type === undefined) return { ...known, seems, obstacle: 'TYPE_NOT_ACCEPTED' };
  if (bytes > limits.maxBytes) return { ...known, type, obstacle: 'FILE_TOO_LARGE' };
  return documentChild<Inspection>({ operation: 'inspect', path, bytes, type, limits }, limits, signal, {
    timedOut: 'inspection-timed-out',
    failed: 'inspection-failed',
  });
};
