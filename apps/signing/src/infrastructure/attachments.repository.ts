import { Injectable } from '@nestjs/common';
import { DomainError } from '#kernel';
import { TransactionRunner } from '#platform/persistence';
import type { Attachment } from '../attachments/attachment.js';
import { AttachmentEntity } from './attachment.entity.js';

@Injectable()
export class AttachmentsRepository {
  constructor(private readonly transactions: TransactionRunner) {}

  async insert(attachment: Attachment): Promise<void> {
    await this.repository.insert({ ...attachment });
  }

  /** Oldest first. */
  async ofRequest(requestId: string): Promise<Attachment[]> {
    // Ids are UUIDv7: their order is the order of creation.
    return this.repository.find({ where: { requestId }, order: { id: 'ASC' } });
  }

  /** @throws DomainError `attachment-not-found`, also for an attachment of another request */
  async get(requestId: string, id: string): Promise<Attachment> {
    const found = await this.repository.findOneBy({ requestId, id });
    if (!found) throw new DomainError('attachment-not-found');
    return found;
  }

  private get repository() {
    return this.transactions.manager.getRepository(AttachmentEntity);
  }
}
