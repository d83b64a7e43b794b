import { Injectable } from '@nestjs/common';
import { DomainError } from '#kernel';
import { TransactionRunner } from '#platform/persistence';
import type { SigningRequest, SigningRequestState } from '../requests/signing-request.js';
import { SigningRequestEntity } from './signing-request.entity.js';

export interface SigningRequestPage {
  readonly requests: readonly SigningRequest[];
  readonly nextCursor?: string;
}

@Injectable()
export class SigningRequestsRepository {
  constructor(private readonly transactions: TransactionRunner) {}

  async insert(request: SigningRequest): Promise<void> {
    await this.repository.insert(toRow(request));
  }

  /** @throws DomainError `signing-request-not-found`, also for a request of another agency */
  async get(id: string, agencyCode: string): Promise<SigningRequest> {
    return this.found(await this.repository.findOneBy({ id, agencyCode }));
  }

  /** Locks the row until the transaction ends, so that two signers of one request come one after the other. */
  async getForUpdate(id: string, agencyCode: string): Promise<SigningRequest> {
    return this.found(
      await this.repository.findOne({ where: { id, agencyCode }, lock: { mode: 'pessimistic_write' } }),
    );
  }

  async update(request: SigningRequest): Promise<void> {
    await this.repository.update({ id: request.id }, toRow(request));
  }

  /** Newest first. */
  async list(filter: {
    readonly agencyCode: string;
    readonly state?: SigningRequestState;
    readonly limit: number;
    readonly cursor?: string;
  }): Promise<SigningRequestPage> {
    const query = this.repository
      .createQueryBuilder('r')
      .where('r.agencyCode = :agencyCode', { agencyCode: filter.agencyCode })
      // Ids are UUIDv7: their order is the order of creation.
      .orderBy('r.id', 'DESC')
      .limit(filter.limit + 1);
    if (filter.state) query.andWhere('r.state = :state', { state: filter.state });
    if (filter.cursor) query.andWhere('r.id < :cursor', { cursor: filter.cursor });
    const rows = await query.getMany();
    const page = rows.slice(0, filter.limit).map(toDomain);
    return { requests: page, nextCursor: rows.length > filter.limit ? page.at(-1)?.id : undefined };
  }

  private get repository() {
    return this.transactions.manager.getRepository(SigningRequestEntity);
  }

  private found(row: SigningRequestEntity | null): SigningRequest {
    if (!row) throw new DomainError('signing-request-not-found');
    return toDomain(row);
  }
}

function toRow(request: SigningRequest): SigningRequestEntity {
  return {
    ...request,
    dossierId: request.dossierId ?? null,
    dateSlots: request.dateSlots ?? null,
    number: request.number ?? null,
    numberedYear: request.numberedYear ?? null,
    issuedOn: request.issuedOn ?? null,
    signedAt: request.signedAt ?? null,
    signerKeyId: request.signerKeyId ?? null,
    sealedAt: request.sealedAt ?? null,
    documentId: request.documentId ?? null,
    returnedAt: request.returnedAt ?? null,
    rejectionReason: request.rejectionReason ?? null,
    signatureBox: request.signatureBox ?? null,
    failure: request.failure ? { ...request.failure, at: request.failure.at.toISOString() } : null,
  };
}

function toDomain(row: SigningRequestEntity): SigningRequest {
  return {
    ...row,
    dossierId: row.dossierId ?? undefined,
    dateSlots: row.dateSlots ?? undefined,
    number: row.number ?? undefined,
    numberedYear: row.numberedYear ?? undefined,
    issuedOn: row.issuedOn ?? undefined,
    signedAt: row.signedAt ?? undefined,
    signerKeyId: row.signerKeyId ?? undefined,
    sealedAt: row.sealedAt ?? undefined,
    documentId: row.documentId ?? undefined,
    returnedAt: row.returnedAt ?? undefined,
    rejectionReason: row.rejectionReason ?? undefined,
    signatureBox: row.signatureBox ?? undefined,
    failure: row.failure ? { ...row.failure, at: new Date(row.failure.at) } : undefined,
  };
}
