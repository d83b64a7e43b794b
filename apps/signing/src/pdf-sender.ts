import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '#kernel';
import { AuditLog } from '#platform/audit';
import { sendObject } from '#platform/http';
import { ObjectStore } from '#platform/storage';

/** Answers with the bytes of a document or an attachment; the access is in the audit log before the first of them leaves. */
@Injectable()
export class PdfSender {
  constructor(
    private readonly objects: ObjectStore,
    private readonly audit: AuditLog,
  ) {}

  /** @throws DomainError `object-not-found`, `range-not-satisfiable`, `log-unavailable` */
  async send(
    request: FastifyRequest,
    reply: FastifyReply,
    pdf: {
      readonly sha256: string;
      readonly title: string;
      readonly documentId?: string;
      /** For the audit entry. */
      readonly detail: Readonly<Record<string, string>>;
    },
  ): Promise<void> {
    const { sha256, title, documentId, detail } = pdf;
    const stored = await this.objects.stat(sha256);
    if (!stored) throw new DomainError('object-not-found');
    await sendObject(request, reply, {
      sha256,
      bytes: stored.bytes,
      mediaType: 'application/pdf',
      fileName: `${title}.pdf`,
      open: (range) => this.objects.open(sha256, range),
      beforeSending: async (access) => {
        await this.audit.append({
          event: access === 'READ' ? 'signing.content-read' : 'signing.content-revalidated',
          outcome: 'success',
          service: 'signing',
          documentId,
          sha256,
          detail,
        });
      },
    });
  }
}
