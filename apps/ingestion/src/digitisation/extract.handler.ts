import { Catalogue, commonFieldsOf } from '#domain/catalogue';
import { type FieldValue, Owners, Records } from '#domain/records';
import { extractFields, type OcrPage } from '#engines/digitisation';
import { TransactionRunner } from '#platform/persistence';
import { HandlesJob, type JobHandler } from '#platform/queue';
import { vietnamDate } from '#kernel';
import { FindDuplicates } from '../confirmation/find-duplicates.js';
import type { Scan } from '../scans/scan.js';
import { Scans } from '../scans/scans.port.js';
import { extractJob } from './digitisation.jobs.js';
import { Reading } from './reading.js';

type Payload = { readonly scanId: string };

const unread: OcrPage = { words: [], lines: [], meanConfidence: 0, skewDegrees: 0 };

/** Proposes the fields of Circular 01/2023 Art. 9 out of what was read. Proposals only: an official confirms (FR-25). */
@HandlesJob()
export class ExtractHandler implements JobHandler<Payload> {
  readonly definition = extractJob;

  constructor(
    private readonly scans: Scans,
    private readonly records: Records,
    private readonly owners: Owners,
    private readonly catalogue: Catalogue,
    private readonly duplicates: FindDuplicates,
    private readonly reading: Reading,
    private readonly transactions: TransactionRunner,
  ) {}

  async handle({ scanId }: Payload): Promise<void> {
    const scan = await this.scans.get(scanId);
    if (!mayExtract(scan)) return;
    const fields = await this.propose(scan);
    await this.transactions.run(async () => this.finish(scanId, fields));
  }

  /** FR-23: without proposals the officer types; the desk is not held up. */
  async onFailed({ scanId }: Payload): Promise<void> {
    await this.finish(scanId, []);
  }

  private async propose(scan: Scan): Promise<readonly FieldValue[]> {
    const on = vietnamDate(scan.createdAt);
    const [type, agencies, identifier, results] = await Promise.all([
      this.catalogue.documentType(scan.documentTypeCode, on),
      this.catalogue.agencies(on),
      this.owners.revealIdentifier(scan.ownerId),
      this.scans.results(scan.id),
    ]);
    // A page that could not be read keeps its place, so that the others keep their numbers.
    const pages = Array.from({ length: scan.pages }, (_, index) => results.get(index + 1) ?? unread);
    const template = { ...type, commonFields: commonFieldsOf(type) };
    return extractFields(pages, template, {
      applicantIdentifiers: identifier.value === '' ? [] : [identifier.value],
      agencyNames: agencies.map((agency) => agency.name),
    }).map(({ key, value, source, confidence, page, box }) => ({ key, value, source, confidence, page, box }));
  }

  private async finish(scanId: string, fields: readonly FieldValue[]): Promise<void> {
    const scan = await this.scans.lock(scanId);
    if (!mayExtract(scan)) return;
    await this.records.proposeFields(scan.documentId, fields);
    await this.records.transition(scan.documentId, 'EXTRACTED');
    const duplicates = await this.duplicates.of(scan, fields);
    await this.scans.change(scanId, { state: 'EXTRACTED', duplicates });
    await this.reading.tell(scanId, 'state-changed', {
      state: 'EXTRACTED',
      fields: fields.length,
      duplicates: duplicates.length,
    });
  }
}

/** Also after a retry of single pages, while nobody has confirmed. */
const mayExtract = ({ state }: Scan): boolean => state === 'SCAN_SIGNED' || state === 'EXTRACTED';
