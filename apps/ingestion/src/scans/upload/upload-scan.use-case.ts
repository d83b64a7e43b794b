import { AvailabilityService } from '#domain/availability';
import { Catalogue, type Component, type DocumentType } from '#domain/catalogue';
import { componentStates, type Dossier, Dossiers } from '#domain/dossiers';
import { EventPublisher } from '#domain/events';
import { type DocumentRecord, type Owner, Owners, Records } from '#domain/records';
import { type Inspection, inspectFile, intakeFindings, lawfulScan } from '#engines/digitisation';
import { Clock, DomainError, newId, vietnamIso } from '#kernel';
import type { Principal } from '#platform/auth';
import { Settings } from '#platform/config';
import { TransactionRunner } from '#platform/persistence';
import { ProgressFeed } from '#platform/queue';
import { ObjectStore, type ReceivedFile } from '#platform/storage';
import { Injectable } from '@nestjs/common';
import { type AccessFacts, AccessTrail } from '../../access/access-trail.js';
import type { AdmittedDossier } from '../../access/dossier-access.js';
import { parseNamedSubject } from '../../dossiers/parse-named-subject.js';
import { mediaTypeOf, type Scan } from '../scan.js';
import { Scans } from '../scans.port.js';
import { derivePdf } from './derive-pdf.js';
import { checkPaper, refusalOf } from './intake-rules.js';
import type { ScanUploadDto } from './scan-upload.dto.js';

export interface UploadScanInput {
  readonly admitted: AdmittedDossier;
  readonly componentId: string;
  readonly form: ScanUploadDto;
  /** Stays the caller's to discard when the upload is refused. */
  readonly file: ReceivedFile;
}

const inspectionTimeoutMs = 120_000;
const inspectionMemoryMb = 1536;

/**
 * Takes in a scanned paper: looks for what is already on file, inspects the file, keeps the bytes as received beside
 * the PDF made of them, and asks for the scanner's signature. Either all of that is durable when it returns, or
 * nothing is kept but an audit entry.
 */
@Injectable()
export class UploadScan {
  constructor(
    private readonly catalogue: Catalogue,
    private readonly availability: AvailabilityService,
    private readonly owners: Owners,
    private readonly records: Records,
    private readonly dossiers: Dossiers,
    private readonly scans: Scans,
    private readonly store: ObjectStore,
    private readonly events: EventPublisher,
    private readonly progress: ProgressFeed,
    private readonly trail: AccessTrail,
    private readonly transactions: TransactionRunner,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws DomainError `component-unknown`, `dossier-closed`, `document-type-unknown`, those of `checkPaper`,
   * `reusable-document-exists`, `duplicate-scan`, `scan-refused` or the code of its only finding, `dossier-too-large`
   */
  async execute(input: UploadScanInput, principal: Principal): Promise<Scan> {
    const { admitted, componentId, form, file } = input;
    const facts: AccessFacts = {
      ...admitted.facts,
      sha256: file.sha256,
      detail: { componentId, documentTypeCode: form.documentTypeCode, exceptionReason: form.exceptionReason },
    };
    try {
      const subject = form.owner && parseNamedSubject(form.owner, 'owner');
      const known = subject ? await this.owners.find(subject.identifier) : admitted.owner;
      const { component, type } = await this.paperOf(admitted.dossier, componentId, form);
      await this.requireReason(admitted, componentId, form);
      await this.refuseDuplicate(file.sha256, known);
      const inspection = await this.inspect(file, form, type);
      const findings = intakeFindings(inspection, this.rules(form, type));
      const refusal = refusalOf(findings);
      if (refusal) throw refusal;
      await this.refuseOverflow(admitted.dossier.id, file.bytes);

      const derived = await derivePdf(this.store, file, inspection);
      const original = await this.store.accept(file);
      const pdf = derived ?? original;
      return await this.transactions.run(async () => {
        const owner = subject ? await this.owners.resolve(subject.identifier, subject.known) : admitted.owner;
        await this.scans.serialise(admitted.dossier.id, owner.id, original.sha256);
        await this.refuseDuplicate(original.sha256, owner);
        await this.refuseOverflow(admitted.dossier.id, original.bytes);
        const scanId = newId();
        const document = await this.createDocument({
          type,
          form,
          owner,
          dossier: admitted.dossier,
          pdf,
          inspection,
          original: original.sha256,
        });
        const scan = await this.scans.create({
          id: scanId,
          dossierId: admitted.dossier.id,
          componentId: component.id,
          documentId: document.id,
          ownerId: owner.id,
          agencyCode: admitted.dossier.agencyCode,
          documentTypeCode: type.code,
          submissionForm: form.submissionForm,
          officer: { id: principal.id, name: principal.name },
          original: { sha256: original.sha256, bytes: original.bytes, mediaType: mediaTypeOf(inspection.type) },
          pdf: { sha256: pdf.sha256, bytes: pdf.bytes },
          pages: inspection.pageCount,
          inspection,
          findings,
        });
        await this.noteException(admitted.dossier, componentId, form);
        await this.events.publish('vn.khoso.scan.signature-requested.v1', {
          scanId,
          documentId: document.id,
          sha256: pdf.sha256,
          officerId: principal.id,
          officerName: principal.name,
          scannedAt: vietnamIso(scan.createdAt),
        });
        await this.progress.publish(scanId, 'state-changed', { state: scan.state, pages: scan.pages });
        await this.trail.granted({ ...facts, subjectKey: owner.subjectKey, documentId: document.id });
        return scan;
      });
    } catch (error) {
      await this.trail.refused(facts, error);
      throw error;
    }
  }

  private async paperOf(
    dossier: Dossier,
    componentId: string,
    form: ScanUploadDto,
  ): Promise<{ component: Component; type: DocumentType }> {
    if (dossier.status !== 'OPEN') throw new DomainError('dossier-closed', { status: dossier.status });
    const procedure = await this.catalogue.procedure(dossier.procedureCode, dossier.receivedOn);
    const component = procedure.components.find(({ id }) => id === componentId);
    if (!component) throw new DomainError('component-unknown', { componentId });
    const type = await this.catalogue.documentType(form.documentTypeCode, dossier.receivedOn);
    checkPaper({ component, type, submissionForm: form.submissionForm, stateSecret: form.stateSecret ?? false });
    return { component, type };
  }

  /** FR-17: a paper that is on file and reusable is asked for again only with a reason. */
  private async requireReason({ dossier }: AdmittedDossier, componentId: string, form: ScanUploadDto): Promise<void> {
    if (form.exceptionReason) return;
    const [component] = await this.availability.check({
      subject: await this.owners.revealIdentifier(dossier.ownerId),
      procedureCode: dossier.procedureCode,
      receivedOn: dossier.receivedOn,
      componentIds: [componentId],
      agencyCode: dossier.agencyCode,
      consentGiven: false,
      at: this.clock.now(),
    });
    if (component?.decision !== 'REUSABLE') return;
    const details = component.candidates
      .filter(({ decision }) => decision === 'REUSABLE')
      .map(({ document }) => ({
        code: 'CANDIDATE',
        params: {
          documentId: document.id,
          typeCode: document.typeCode,
          name: document.name,
          issuedOn: document.issuedOn,
          code: document.maskedCode,
        },
      }));
    throw new DomainError('reusable-document-exists', { componentId }, { details });
  }

  /** FR-16a */
  private async refuseDuplicate(sha256: string, owner: Owner | undefined): Promise<void> {
    const existing = owner && (await this.records.findByOriginal(sha256, owner.id));
    if (!existing) return;
    const { id: documentId, typeCode, state, maskedCode } = existing;
    throw new DomainError(
      'duplicate-scan',
      { documentId },
      { details: [{ code: 'DUPLICATE_OF', params: { documentId, typeCode, state, code: maskedCode } }] },
    );
  }

  private async refuseOverflow(dossierId: string, bytes: number): Promise<void> {
    const { dossierMaxBytes } = this.settings;
    if ((await this.scans.bytesOfDossier(dossierId)) + bytes > dossierMaxBytes) {
      throw new DomainError('dossier-too-large', { maxMegabytes: Math.floor(dossierMaxBytes / 2 ** 20) });
    }
  }

  private inspect(file: ReceivedFile, form: ScanUploadDto, type: DocumentType): Promise<Inspection> {
    return inspectFile(file.path, this.rules(form, type).limits);
  }

  private rules(form: ScanUploadDto, type: DocumentType) {
    const { uploadMaxBytes, scanMaxPages, scanMaxPixels, scanMinDpi } = this.settings;
    return {
      declaredPages: form.declaredPages,
      minDpi: scanMinDpi,
      colourRequired: type.colourRequired,
      maxSkewDegrees: lawfulScan.maxSkewDegrees,
      limits: {
        maxBytes: uploadMaxBytes,
        maxPages: scanMaxPages,
        maxPixels: scanMaxPixels,
        timeoutMs: inspectionTimeoutMs,
        memoryMb: inspectionMemoryMb,
      },
    };
  }

  private async createDocument(made: {
    readonly type: DocumentType;
    readonly form: ScanUploadDto;
    readonly owner: Owner;
    readonly dossier: Dossier;
    readonly pdf: { readonly sha256: string; readonly bytes: number };
    readonly inspection: Inspection;
    readonly original: string;
  }): Promise<DocumentRecord> {
    const { type, form, owner, dossier, pdf, inspection, original } = made;
    const document = await this.records.create({
      typeCode: type.code,
      name: type.name,
      kind: type.kind,
      submissionForm: form.submissionForm,
      custodianAgencyCode: dossier.agencyCode,
      dossierId: dossier.id,
      owners: [{ ownerId: owner.id, role: 'owner' }],
      version: {
        sha256: pdf.sha256,
        bytes: pdf.bytes,
        pages: inspection.pageCount,
        originalSha256: original,
        signature: { verdict: 'UNSIGNED', checkedAt: this.clock.now(), signers: [] },
      },
    });
    return this.records.transition(document.id, 'QC_PASSED');
  }

  /** FR-74: the reason stays with the component, for the supervisor. */
  private async noteException(dossier: Dossier, componentId: string, form: ScanUploadDto): Promise<void> {
    if (!form.exceptionReason) return;
    const current = dossier.components.find((component) => component.componentId === componentId);
    await this.dossiers.setComponent(dossier.id, {
      ...(current ?? { componentId, state: componentStates.notDigitised }),
      exceptionReason: form.exceptionReason,
      exceptionText: form.exceptionText,
    });
  }
}
