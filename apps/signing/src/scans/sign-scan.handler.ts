import { Clock, DomainError, errorCatalogue } from '#kernel';
import { EventPublisher, type EventDelivery, signScanJob } from '#domain/events';
import { AuditLog } from '#platform/audit';
import { TransactionRunner } from '#platform/persistence';
import { HandlesJob, type JobHandler, PermanentJobError } from '#platform/queue';
import { ObjectStore } from '#platform/storage';
import { DocumentSigner, maxDocumentBytes } from '../document-signer.js';
import { SignedScanEntity } from '../infrastructure/signed-scan.entity.js';
import { KeyRing } from '../keys/key-ring.js';
import { SignatureChecker } from '../verifications/signature-checker.js';

type Delivery = EventDelivery<'vn.khoso.scan.signature-requested.v1'>;

/** Signs a scan with the personal key of the officer who made it, before anything is read from it (FR-38). */
@HandlesJob()
export class SignScanHandler implements JobHandler<Delivery> {
  readonly definition = signScanJob;

  constructor(
    private readonly transactions: TransactionRunner,
    private readonly objects: ObjectStore,
    private readonly keys: KeyRing,
    private readonly signer: DocumentSigner,
    private readonly checker: SignatureChecker,
    private readonly events: EventPublisher,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  async handle({ data }: Delivery): Promise<void> {
    // A job that comes twice finds the signature of the first time and has nothing left to say.
    if (await this.signedScans.existsBy({ scanId: data.scanId })) return;
    try {
      await this.sign(data);
    } catch (error) {
      // A key that does not fit or a file that cannot be signed stays so however often it is tried.
      throw error instanceof DomainError && errorCatalogue[error.code].status < 500
        ? new PermanentJobError(error)
        : error;
    }
  }

  async onFailed({ data }: Delivery, error: Error): Promise<void> {
    const cause = error instanceof PermanentJobError ? error.cause : error;
    await this.events.publish('vn.khoso.scan.signature-failed.v1', {
      scanId: data.scanId,
      code: cause instanceof DomainError ? cause.code : 'internal-error',
    });
  }

  private async sign(data: Delivery['data']): Promise<void> {
    const holder = { kind: 'PERSON', id: data.officerId, name: data.officerName } as const;
    const key = await this.keys.openUnattended(holder);
    const pdf = await this.objects.read(data.sha256, { maxBytes: maxDocumentBytes });
    const at = this.clock.now();
    const signed = await this.signer.signScan(pdf, key, { scannedAt: new Date(data.scannedAt), at });
    await this.checker.assertSound(signed);
    const { verdict } = await this.checker.check(signed);
    const stored = await this.objects.put(signed);
    await this.transactions.run(async () => {
      await this.signedScans.insert({ scanId: data.scanId, sha256: stored.sha256, signerKeyId: key.id, signedAt: at });
      await this.audit.append({
        event: 'signing.scan-signed',
        outcome: 'success',
        service: 'signing',
        documentId: data.documentId,
        sha256: stored.sha256,
        actor: { kind: 'account', id: data.officerId, name: data.officerName, role: 'officer' },
        detail: { scanId: data.scanId, certificate: key.certificateSha256 },
      });
      await this.events.publish('vn.khoso.scan.signed.v1', {
        scanId: data.scanId,
        documentId: data.documentId,
        sha256: stored.sha256,
        bytes: stored.bytes,
        signer: data.officerName,
        signedAt: at.toISOString(),
        verdict,
      });
    });
  }

  private get signedScans() {
    return this.transactions.manager.getRepository(SignedScanEntity);
  }
}
