import { type Inspection, toPdf } from '#engines/digitisation';
import { type ObjectStore, type ReceivedFile, type StoredObject } from '#platform/storage';
import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Our own output: PNG and TIFF pixels may take more room in the PDF than in the upload, never this much.
const maxPdfBytes = 2 ** 31;

/**
 * Makes the PDF of an accepted upload and stores it; for an upload that is a PDF, the two are the same object.
 * Memory stays constant whatever the size.
 * @throws DomainError `conversion-timed-out`, `conversion-failed`
 */
export const derivePdf = async (
  store: ObjectStore,
  received: ReceivedFile,
  inspection: Inspection,
): Promise<StoredObject | undefined> => {
  if (inspection.type === 'PDF') return undefined;
  const folder = await mkdtemp(join(tmpdir(), 'khoso-scan-'));
  try {
    const path = join(folder, 'scan.pdf');
    await toPdf(received.path, inspection, path);
    return await store.accept(await store.receive(createReadStream(path), { maxBytes: maxPdfBytes }));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
