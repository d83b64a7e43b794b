import { secrecyMark } from '#engines/digitisation';
import { DomainError } from '#kernel';
import { AuditLog } from '#platform/audit';
import { TransactionRunner } from '#platform/persistence';
import { HandlesJob, type JobContext, type JobHandler } from '#platform/queue';
import { Scans } from '../scans/scans.port.js';
import { readPageJob } from './digitisation.jobs.js';
import { PageReader } from './page-reader.js';
import { Reading } from './reading.js';

type Payload = { readonly scanId: string; readonly page: number };

/** Reads one page and keeps what was read; a page that is finished is never read again, whatever dies meanwhile. */
@HandlesJob()
export class ReadPageHandler implements JobHandler<Payload> {
  readonly definition = readPageJob;

  constructor(
    private readonly scans: Scans,
    private readonly reader: PageReader,
    private readonly reading: Reading,
    private readonly audit: AuditLog,
    private readonly transactions: TransactionRunner,
  ) {}

  async handle({ scanId, page }: Payload, { signal }: JobContext): Promise<void> {
    const scan = await this.scans.get(scanId);
    if (scan.state === 'QUARANTINED' || (await this.scans.page(scanId, page)).state !== 'PENDING') return;
    const result = await this.reader.read(scan, page, signal);
    const mark = secrecyMark([result]);
    await this.transactions.run(async () => {
      const locked = await this.scans.lock(scanId);
      if (locked.state === 'QUARANTINED' || (await this.scans.page(scanId, page)).state !== 'PENDING') return;
      if (mark) {
        // FR-18: what stands on the paper must not be kept, on none of its pages.
        await this.scans.forgetPages(scanId, 'scan-quarantined');
        await this.quarantine(scanId, page, mark.degree);
        return;
      }
      await this.scans.finishPage(scanId, page, { state: 'DONE', result });
      await this.reading.tell(scanId, 'page-read', {
        page,
        pages: locked.pages,
        meanConfidence: result.meanConfidence,
      });
      await this.reading.continueWhenAllRead(locked);
    });
  }

  /** FR-23: a page that cannot be read is typed; it never holds up the others. */
  async onFailed({ scanId, page }: Payload, error: Error): Promise<void> {
    const scan = await this.scans.lock(scanId);
    if ((await this.scans.page(scanId, page)).state !== 'PENDING') return;
    const failureCode = error instanceof DomainError ? error.code : 'ocr-failed';
    await this.scans.finishPage(scanId, page, { state: 'FAILED', failureCode });
    await this.reading.tell(scanId, 'page-failed', { page, pages: scan.pages, code: failureCode });
    await this.reading.continueWhenAllRead(scan);
  }

  private async quarantine(scanId: string, page: number, degree: string): Promise<void> {
    const scan = await this.scans.get(scanId);
    await this.scans.change(scanId, { state: 'QUARANTINED', failureCode: 'scan-quarantined' });
    await this.audit.append({
      event: 'scan.quarantined',
      outcome: 'refused',
      service: 'ingestion',
      documentId: scan.documentId,
      sha256: scan.original.sha256,
      agencyCode: scan.agencyCode,
      actor: { kind: 'system', id: 'ingestion.read-page' },
      detail: { scanId, page, degree },
    });
    await this.reading.tell(scanId, 'state-changed', { state: 'QUARANTINED', code: 'scan-quarantined' });
  }
}
