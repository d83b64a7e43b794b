import { endGrantsJob, type EventDelivery } from '#domain/events';
import { Clock } from '#kernel';
import { AuditLog } from '#platform/audit';
import { TransactionRunner } from '#platform/persistence';
import { HandlesJob, type JobHandler } from '#platform/queue';
import { Grants } from './grants.port.js';

type DossierClosed = EventDelivery<'vn.khoso.dossier.closed.v1'>;

/** A grant dies with its dossier: without an open case there is no ground to read. */
@HandlesJob()
export class EndGrantsHandler implements JobHandler<DossierClosed> {
  readonly definition = endGrantsJob;

  constructor(
    private readonly grants: Grants,
    private readonly audit: AuditLog,
    private readonly transactions: TransactionRunner,
    private readonly clock: Clock,
  ) {}

  async handle({ data }: DossierClosed): Promise<void> {
    await this.transactions.run(async () => {
      for (const grant of await this.grants.endOfDossier(data.dossierId, this.clock.now())) {
        await this.audit.append({
          event: 'grant.ended',
          outcome: 'success',
          service: 'reuse',
          actor: { kind: 'system', id: endGrantsJob.name },
          agencyCode: grant.agencyCode,
          subjectKey: grant.subjectKey,
          dossierCode: grant.dossierCode,
          procedureCode: grant.procedureCode,
          purposeCode: grant.purposeCode,
          legalBasis: grant.legalBasis.code,
          detail: { grantId: grant.id, cause: 'DOSSIER_CLOSED' },
        });
      }
    });
  }
}
