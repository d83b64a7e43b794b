import { type EventDelivery, scanSignedJob } from '#domain/events';
import { Records } from '#domain/records';
import { Clock } from '#kernel';
import { AuditLog } from '#platform/audit';
import { TransactionRunner } from '#platform/persistence';
import { HandlesJob, type JobHandler } from '#platform/queue';
import { Scans } from '../scans/scans.port.js';
import { Reading } from './reading.js';

type Delivery = EventDelivery<'vn.khoso.scan.signed.v1'>;

/** The scanner's signature has been put on the scan: it becomes a version of the document, and reading may begin (FR-38). */
@HandlesJob()
export class ScanSignedHandler implements JobHandler<Delivery> {
  readonly definition = scanSignedJob;

  constructor(
    private readonly scans: Scans,
    private readonly records: Records,
    private readonly reading: Reading,
    private readonly audit: AuditLog,
    private readonly transactions: TransactionRunner,
    private readonly clock: Clock,
  ) {}

  async handle({ data }: Delivery): Promise<void> {
    await this.transactions.run(async () => {
      const scan = await this.scans.lock(data.scanId);
      if (scan.signed) return;
      if (data.verdict === 'INVALID') {
        await this.scans.change(scan.id, { state: 'SIGN_FAILED', failureCode: 'signature-invalid' });
        await this.reading.tell(scan.id, 'state-changed', { state: 'SIGN_FAILED', code: 'signature-invalid' });
        return;
      }
      await this.records.addVersion(scan.documentId, {
        sha256: data.sha256,
        bytes: data.bytes,
        pages: scan.pages,
        originalSha256: scan.original.sha256,
        signature: {
          verdict: data.verdict,
          checkedAt: this.clock.now(),
          signers: [{ name: data.signer, role: 'person', signedAt: data.signedAt }],
        },
      });
      await this.records.transition(scan.documentId, 'SCAN_SIGNED');
      await this.scans.change(scan.id, {
        state: 'SCAN_SIGNED',
        signed: { sha256: data.sha256, bytes: data.bytes },
        failureCode: null,
      });
      await this.audit.append({
        event: 'scan.signed',
        outcome: 'success',
        service: 'ingestion',
        documentId: scan.documentId,
        sha256: data.sha256,
        agencyCode: scan.agencyCode,
        actor: { kind: 'account', id: scan.officer.id, name: scan.officer.name },
        detail: { scanId: scan.id, verdict: data.verdict },
      });
      await this.reading.start(
        scan,
        Array.from({ length: scan.pages }, (_, index) => index + 1),
      );
      await this.reading.tell(scan.id, 'state-changed', { state: 'SCAN_SIGNED', pages: scan.pages });
    });
  }
}
