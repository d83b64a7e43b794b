import { type DossierNotice, Dossiers } from '#domain/dossiers';
import { type DocumentEndedType, type EventDelivery, tellDossiersJob } from '#domain/events';
import { HandlesJob, type JobHandler } from '#platform/queue';

const noticeKinds: Readonly<Record<DocumentEndedType, DossierNotice['kind']>> = {
  'vn.khoso.document.revoked.v1': 'DOCUMENT_REVOKED',
  'vn.khoso.document.annulled.v1': 'DOCUMENT_ANNULLED',
  'vn.khoso.document.suspended.v1': 'DOCUMENT_SUSPENDED',
  'vn.khoso.document.superseded.v1': 'DOCUMENT_SUPERSEDED',
  'vn.khoso.document.integrity-failed.v1': 'INTEGRITY_FAILED',
};

/**
 * Warns every open dossier that relies on a document which is no longer good (FR-62). The same event delivered twice warns
 * once; a document suspended again after it was resumed warns again.
 */
@HandlesJob()
export class TellDossiersHandler implements JobHandler<EventDelivery<DocumentEndedType>> {
  readonly definition = tellDossiersJob;

  constructor(private readonly dossiers: Dossiers) {}

  async handle({ id, type, data }: EventDelivery<DocumentEndedType>): Promise<void> {
    const successor = 'successorDocumentId' in data ? data.successorDocumentId : undefined;
    await this.dossiers.notifyUsers(data.documentId, noticeKinds[type], successor, id);
  }
}
