import { Injectable } from '@nestjs/common';
import { Clock, DomainError } from '#kernel';
import { drawDevelopmentSeal, drawDevelopmentSignature, readSignatureImage } from '#engines/signatures';
import { AuditLog } from '#platform/audit';
import { Settings } from '#platform/config';
import { TransactionRunner } from '#platform/persistence';
import { ObjectStore } from '#platform/storage';
import { SignatureImageEntity } from '../infrastructure/signature-image.entity.js';
import type { KeyHolder } from '../keys/key-holder.js';

export const maxImageBytes = 2 * 1024 * 1024;

/** Images of handwritten signatures and seals, one for each holder. In development mode a missing one is drawn, marked TEST. */
@Injectable()
export class SignatureImages {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly objects: ObjectStore,
    private readonly settings: Settings,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** @returns PNG bytes. @throws DomainError `signature-image-missing` */
  async get(holder: KeyHolder): Promise<Uint8Array> {
    const row = await this.repository.findOneBy({ holderKind: holder.kind, holderId: holder.id });
    if (row) return this.objects.read(row.sha256, { maxBytes: maxImageBytes });
    if (!this.settings.developmentMode) throw new DomainError('signature-image-missing', { holder: holder.name });
    return holder.kind === 'PERSON' ? drawDevelopmentSignature(holder.name) : drawDevelopmentSeal(holder.name);
  }

  /** @throws DomainError `signature-image-not-png`, `signature-image-not-transparent` (FR-40) */
  async put(holder: KeyHolder, png: Uint8Array): Promise<void> {
    await readSignatureImage(png);
    const { sha256 } = await this.objects.put(png);
    await this.transactions.run(async () => {
      await this.repository.upsert(
        { holderKind: holder.kind, holderId: holder.id, sha256, updatedAt: this.clock.now() },
        ['holderKind', 'holderId'],
      );
      await this.audit.append({
        event: 'signing.signature-image-changed',
        outcome: 'success',
        service: 'signing',
        sha256,
        detail: { holderKind: holder.kind, holderId: holder.id },
      });
    });
  }

  private get repository() {
    return this.transactions.manager.getRepository(SignatureImageEntity);
  }
}
