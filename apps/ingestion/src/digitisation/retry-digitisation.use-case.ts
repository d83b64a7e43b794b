import { EventPublisher } from '#domain/events';
import { DomainError, vietnamIso } from '#kernel';
import type { Principal } from '#platform/auth';
import { Injectable } from '@nestjs/common';
import { AccessTrail } from '../access/access-trail.js';
import { DossierAccess } from '../access/dossier-access.js';
import type { Scan } from '../scans/scan.js';
import { Scans } from '../scans/scans.port.js';
import { Reading } from './reading.js';

/** Tries again what failed: the signature (FR-53), or the pages that could not be read. */
@Injectable()
export class RetryDigitisation {
  constructor(
    private readonly access: DossierAccess,
    private readonly trail: AccessTrail,
    private readonly scans: Scans,
    private readonly events: EventPublisher,
    private readonly reading: Reading,
  ) {}

  /** @throws DomainError `scan-not-found`, `agency-not-competent`, `scan-not-ready` when nothing failed */
  async execute(scanId: string, principal: Principal): Promise<void> {
    const { facts } = await this.access.admitToScan(principal, scanId, 'scan.retried');
    await this.trail.record(facts, async () => {
      const scan = await this.scans.lock(scanId);
      if (scan.state === 'SIGN_FAILED') return this.signAgain(scan);
      if (scan.state === 'SCAN_SIGNED' || scan.state === 'EXTRACTED') return this.readAgain(scan);
      throw new DomainError('scan-not-ready', { state: scan.state });
    });
  }

  private async signAgain(scan: Scan): Promise<void> {
    await this.scans.change(scan.id, { state: 'QC_PASSED', failureCode: null });
    await this.events.publish('vn.khoso.scan.signature-requested.v1', {
      scanId: scan.id,
      documentId: scan.documentId,
      sha256: scan.pdf.sha256,
      // The signature is the scanner's, whoever asks again (FR-38).
      officerId: scan.officer.id,
      officerName: scan.officer.name,
      scannedAt: vietnamIso(scan.createdAt),
    });
    await this.reading.tell(scan.id, 'state-changed', { state: 'QC_PASSED' });
  }

  private async readAgain(scan: Scan): Promise<void> {
    const pages = await this.scans.resetFailedPages(scan.id);
    if (pages.length === 0) throw new DomainError('scan-not-ready', { state: scan.state });
    const again = { ...scan, reading: scan.reading + 1 };
    await this.scans.change(scan.id, { reading: again.reading });
    await this.reading.start(again, pages);
    await this.reading.tell(scan.id, 'pages-retried', { pages });
  }
}
