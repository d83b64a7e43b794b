import { JobQueue, ProgressFeed } from '#platform/queue';
import { Injectable } from '@nestjs/common';
import type { Scan } from '../scans/scan.js';
import { Scans } from '../scans/scans.port.js';
import { extractJob, readPageJob } from './digitisation.jobs.js';

/** Moves a scan from page to page. All of it joins the running transaction, which holds the scan locked. */
@Injectable()
export class Reading {
  constructor(
    private readonly scans: Scans,
    private readonly jobs: JobQueue,
    private readonly progress: ProgressFeed,
  ) {}

  /** One job per page. */
  async start(scan: Scan, pages: readonly number[]): Promise<void> {
    for (const page of pages) {
      await this.jobs.enqueue(readPageJob, `${scan.id}/${page}/${scan.reading}`, { scanId: scan.id, page });
    }
  }

  /** Extraction follows the last page, whichever it is: the lock on the scan makes sure that one of them sees itself as last. */
  async continueWhenAllRead(scan: Scan): Promise<void> {
    const pending = await this.scans.pendingPages(scan.id);
    if (pending === 0) await this.jobs.enqueue(extractJob, `${scan.id}/${scan.reading}`, { scanId: scan.id });
  }

  async tell(scanId: string, type: string, data: Record<string, unknown>): Promise<void> {
    await this.progress.publish(scanId, type, data);
  }
}
