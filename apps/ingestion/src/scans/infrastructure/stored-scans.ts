import type { OcrPage } from '#engines/digitisation';
import { Clock, DomainError } from '#kernel';
import { IdentifierProtection, TransactionRunner } from '#platform/persistence';
import { Injectable } from '@nestjs/common';
import type { PageState, Scan, ScanPage } from '../scan.js';
import { type NewScan, type ScanChange, Scans } from '../scans.port.js';
import { ScanPageEntity } from './scan-page.entity.js';
import { ScanEntity } from './scan.entity.js';

@Injectable()
export class StoredScans extends Scans {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly protection: IdentifierProtection,
    private readonly clock: Clock,
  ) {
    super();
  }

  private get scans() {
    return this.transactions.manager.getRepository(ScanEntity);
  }

  private get pageRows() {
    return this.transactions.manager.getRepository(ScanPageEntity);
  }

  override async serialise(dossierId: string, ownerId: string, originalSha256: string): Promise<void> {
    // Always in this order, so that two uploads cannot wait for each other.
    for (const key of [`ingestion.dossier:${dossierId}`, `ingestion.original:${ownerId}:${originalSha256}`]) {
      await this.transactions.manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [key]);
    }
  }

  override async create(scan: NewScan): Promise<Scan> {
    const { officer, original, pdf, ...rest } = scan;
    const entity = this.scans.create({
      ...rest,
      officerId: officer.id,
      officerName: officer.name,
      originalSha256: original.sha256,
      originalBytes: String(original.bytes),
      originalMediaType: original.mediaType,
      pdfSha256: pdf.sha256,
      pdfBytes: String(pdf.bytes),
      signedSha256: null,
      signedBytes: null,
      state: 'QC_PASSED',
      duplicates: [],
      failureCode: null,
      reading: 1,
      createdAt: this.clock.now(),
    });
    await this.scans.insert(entity);
    await this.pageRows.insert(
      Array.from({ length: scan.pages }, (_, index) => ({
        scanId: scan.id,
        number: index + 1,
        state: 'PENDING' as const,
      })),
    );
    return toScan(entity);
  }

  override async get(id: string): Promise<Scan> {
    return this.find(id, false);
  }

  override async lock(id: string): Promise<Scan> {
    return this.find(id, true);
  }

  override async change(id: string, change: ScanChange): Promise<void> {
    const { signed, ...rest } = change;
    await this.scans.update(id, {
      ...rest,
      ...(signed && { signedSha256: signed.sha256, signedBytes: String(signed.bytes) }),
    });
  }

  override async ofDossier(dossierId: string): Promise<readonly Scan[]> {
    return (await this.scans.find({ where: { dossierId }, order: { createdAt: 'ASC', id: 'ASC' } })).map(toScan);
  }

  override async bytesOfDossier(dossierId: string): Promise<number> {
    const row = await this.scans
      .createQueryBuilder('scan')
      .select('coalesce(sum(scan.original_bytes), 0)', 'bytes')
      .where('scan.dossier_id = :dossierId', { dossierId })
      .getRawOne<{ bytes: string }>();
    return Number(row?.bytes ?? 0);
  }

  override async pages(scanId: string): Promise<readonly ScanPage[]> {
    return (await this.pageRows.find({ where: { scanId }, order: { number: 'ASC' } })).map(toPage);
  }

  override async page(scanId: string, number: number): Promise<ScanPage> {
    const row = await this.pageRows.findOneBy({ scanId, number });
    if (!row) throw new DomainError('scan-page-not-found', { page: number });
    return toPage(row);
  }

  override async finishPage(
    scanId: string,
    number: number,
    outcome: {
      readonly state: Exclude<PageState, 'PENDING'>;
      readonly result?: OcrPage;
      readonly failureCode?: string;
    },
  ): Promise<void> {
    const { state, result, failureCode } = outcome;
    await this.pageRows.update(
      { scanId, number },
      {
        state,
        meanConfidence: result?.meanConfidence ?? null,
        result: result ? this.protection.encrypt(JSON.stringify(result)) : null,
        failureCode: failureCode ?? null,
        finishedAt: this.clock.now(),
      },
    );
  }

  override async forgetPages(scanId: string, failureCode: string): Promise<void> {
    await this.pageRows.update(
      { scanId },
      { state: 'FAILED', meanConfidence: null, result: null, failureCode, finishedAt: this.clock.now() },
    );
  }

  override async resetFailedPages(scanId: string): Promise<readonly number[]> {
    const failed = await this.pageRows.findBy({ scanId, state: 'FAILED' });
    await this.pageRows.update({ scanId, state: 'FAILED' }, { state: 'PENDING', failureCode: null, finishedAt: null });
    return failed.map((page) => page.number);
  }

  override async pendingPages(scanId: string): Promise<number> {
    return this.pageRows.countBy({ scanId, state: 'PENDING' });
  }

  override async results(scanId: string): Promise<ReadonlyMap<number, OcrPage>> {
    const rows = await this.pageRows.find({
      select: { number: true, result: true },
      where: { scanId, state: 'DONE' },
      order: { number: 'ASC' },
    });
    return new Map(
      rows.flatMap(({ number, result }) =>
        result ? [[number, JSON.parse(this.protection.decrypt(result)) as OcrPage] as const] : [],
      ),
    );
  }

  private async find(id: string, forUpdate: boolean): Promise<Scan> {
    const entity = await this.scans.findOne({
      where: { id },
      ...(forUpdate && { lock: { mode: 'pessimistic_write' as const } }),
    });
    if (!entity) throw new DomainError('scan-not-found');
    return toScan(entity);
  }
}

const toScan = (row: ScanEntity): Scan => ({
  id: row.id,
  dossierId: row.dossierId,
  componentId: row.componentId,
  documentId: row.documentId,
  ownerId: row.ownerId,
  agencyCode: row.agencyCode,
  documentTypeCode: row.documentTypeCode,
  submissionForm: row.submissionForm,
  officer: { id: row.officerId, name: row.officerName },
  state: row.state,
  original: { sha256: row.originalSha256, bytes: Number(row.originalBytes), mediaType: row.originalMediaType },
  pdf: { sha256: row.pdfSha256, bytes: Number(row.pdfBytes) },
  signed: row.signedSha256 ? { sha256: row.signedSha256, bytes: Number(row.signedBytes) } : undefined,
  pages: row.pages,
  inspection: row.inspection,
  findings: row.findings,
  duplicates: row.duplicates,
  failureCode: row.failureCode ?? undefined,
  reading: row.reading,
  createdAt: row.createdAt,
});

const toPage = (row: ScanPageEntity): ScanPage => ({
  number: row.number,
  state: row.state,
  meanConfidence: row.meanConfidence ?? undefined,
  failureCode: row.failureCode ?? undefined,
});
