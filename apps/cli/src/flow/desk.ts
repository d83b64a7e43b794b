import { randomUUID } from 'node:crypto';
import type { KhosoClient } from '../api/khoso-client.js';
import type { SamplePaper, SampleScan, Subject } from '../samples/sample-set.js';

export interface DossierView {
  readonly id: string;
  readonly code: string;
  readonly procedure: { readonly code: string; readonly name: string };
  readonly components: readonly {
    readonly componentId: string;
    readonly name: string;
    readonly state: number;
    readonly documentId?: string;
    readonly sha256?: string;
  }[];
  readonly notices: readonly { readonly kind: string; readonly documentId: string; readonly componentId: string }[];
}

export interface AvailabilityView {
  readonly components: readonly {
    readonly componentId: string;
    readonly name: string;
    readonly mandatory: boolean;
    readonly decision: string;
    readonly candidates: readonly {
      readonly documentId: string;
      readonly name: string;
      readonly decision: string;
      readonly reasons: readonly string[];
    }[];
  }[];
}

export interface ScanView {
  readonly id: string;
  readonly state: string;
  readonly failureCode?: string;
  readonly pages: readonly { readonly number: number; readonly ocr: string }[];
  readonly fields: readonly { readonly key: string; readonly value: string; readonly confidence: number }[];
}

export interface DigitisedPaper {
  readonly scanId: string;
  readonly documentId: string;
  readonly code: string;
  /** Fields the reader proposed, and how many of them the officer left as they were. */
  readonly proposed: number;
  readonly accepted: number;
}

/** What an officer does at the counter, call by call. */
export class Desk {
  constructor(private readonly api: KhosoClient) {}

  openDossier(procedureCode: string, subject: Subject): Promise<DossierView> {
    return this.api.post('/api/ingestion/v1/dossiers', { procedureCode, subject }, { 'idempotency-key': randomUUID() });
  }

  dossier(id: string): Promise<DossierView> {
    return this.api.get(`/api/ingestion/v1/dossiers/${id}`);
  }

  dossiers(): Promise<{
    readonly dossiers: readonly { readonly id: string; readonly code: string; readonly procedureCode: string }[];
  }> {
    return this.api.get('/api/ingestion/v1/dossiers?limit=100');
  }

  availability(dossierId: string): Promise<AvailabilityView> {
    return this.api.get(`/api/ingestion/v1/dossiers/${dossierId}/availability`);
  }

  reuse(dossierId: string, componentId: string, documentId: string, checkNote?: string): Promise<DossierView> {
    return this.api.post(`/api/ingestion/v1/dossiers/${dossierId}/components/${componentId}/reuse`, {
      documentId,
      checkNote,
    });
  }

  /** Upload, wait for signature and reading, confirm what the paper says. */
  async digitise(
    dossierId: string,
    scan: SampleScan,
    paper: SamplePaper,
    onProgress: (pagesRead: number, pages: number, state: string) => void = () => undefined,
  ): Promise<DigitisedPaper> {
    // A scan that was left before it was confirmed is taken up again, not made twice.
    const { scans } = await this.api.get<{ scans: { id: string; componentId: string; state: string }[] }>(
      `/api/ingestion/v1/dossiers/${dossierId}/scans`,
    );
    const left = scans.find(({ componentId, state }) => componentId === scan.componentId && state !== 'CONFIRMED');
    const created = left ?? (await this.upload(dossierId, scan, paper));
    const read = await this.waitUntilRead(created.id, onProgress);
    const confirmed = await this.confirm(read, scan, paper);
    const proposed = read.fields.filter(({ value }) => value !== '');
    return {
      scanId: created.id,
      ...confirmed,
      proposed: proposed.length,
      accepted: proposed.filter(({ key, value }) => paper.fields[key] === value).length,
    };
  }

  upload(
    dossierId: string,
    scan: SampleScan,
    paper: SamplePaper,
  ): Promise<{ readonly id: string; readonly documentId: string; readonly sha256: string }> {
    const fields: Record<string, string> = {
      documentTypeCode: scan.documentTypeCode,
      submissionForm: paper.submissionForm,
      declaredPages: String(paper.pages),
    };
    if (scan.exceptionReason) fields.exceptionReason = scan.exceptionReason;
    if (scan.exceptionText) fields.exceptionText = scan.exceptionText;
    return this.api.upload(
      `/api/ingestion/v1/dossiers/${dossierId}/components/${scan.componentId}/scans`,
      fields,
      paper.path,
      {
        'idempotency-key': randomUUID(),
      },
    );
  }

  scan(id: string): Promise<ScanView> {
    return this.api.get(`/api/ingestion/v1/scans/${id}`);
  }

  /** Follows the scan's progress until its fields can be confirmed. */
  async waitUntilRead(
    scanId: string,
    onProgress: (pagesRead: number, pages: number, state: string) => void = () => undefined,
  ): Promise<ScanView> {
    const look = async (): Promise<ScanView> => {
      const seen = await this.scan(scanId);
      onProgress(seen.pages.filter((page) => page.ocr !== 'PENDING').length, seen.pages.length, seen.state);
      return seen;
    };
    const settled = (): boolean => !['QC_PASSED', 'SCAN_SIGNED'].includes(view.state);
    let view = await look();
    while (!settled()) {
      // An event is a reason to look again; the resource, not the event, says how things stand.
      await this.api.follow(`/api/ingestion/v1/scans/${scanId}/events`, async () => {
        view = await look();
        return settled();
      });
    }
    if (view.state !== 'EXTRACTED') throw new Error(`Scan ${scanId} is ${view.state}: ${view.failureCode ?? ''}`);
    return view;
  }

  /** Types what the paper says, as the officer who compares side by side would. */
  confirm(
    read: ScanView,
    scan: SampleScan,
    paper: SamplePaper,
  ): Promise<{ readonly documentId: string; readonly code: string }> {
    return this.api.post(`/api/ingestion/v1/scans/${read.id}/confirmation`, {
      // The form is that of the type the paper is taken in as, which may not be the paper's own.
      fields: read.fields.flatMap(({ key }) => {
        const value = key === 'maLoaiGiayTo' ? scan.documentTypeCode : paper.fields[key];
        return value === undefined ? [] : [{ key, value }];
      }),
      permanent: scan.permanent,
      additionalOwners: scan.additionalOwners?.map(({ owner, role }) => ({ ...owner, role })),
    });
  }
}
