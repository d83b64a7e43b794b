import { type EventDelivery, scanSignatureFailedJob } from '#domain/events';
import { TransactionRunner } from '#platform/persistence';
import { HandlesJob, type JobHandler } from '#platform/queue';
import { Scans } from '../scans/scans.port.js';
import { Reading } from './reading.js';

type Delivery = EventDelivery<'vn.khoso.scan.signature-failed.v1'>;

/** Signing failed: the scan is unchanged and says why, until someone retries (FR-53). */
@HandlesJob()
export class ScanSignatureFailedHandler implements JobHandler<Delivery> {
  readonly definition = scanSignatureFailedJob;

  constructor(
    private readonly scans: Scans,
    private readonly reading: Reading,
    private readonly transactions: TransactionRunner,
  ) {}

  async handle({ data }: Delivery): Promise<void> {
    await this.transactions.run(async () => {
      const scan = await this.scans.lock(data.scanId);
      if (scan.state !== 'QC_PASSED') return;
      await this.scans.change(scan.id, { state: 'SIGN_FAILED', failureCode: data.code });
      await this.reading.tell(scan.id, 'state-changed', { state: 'SIGN_FAILED', code: data.code });
    });
  }
}
