import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentPrincipal, Permission, type Principal } from '#platform/auth';
import { declareIdempotentBody, Idempotent, receiveMultipart, validateDto } from '#platform/http';
import { ObjectStore } from '#platform/storage';
import { maxDocumentBytes } from '../document-signer.js';
import { AttachmentsRepository } from '../infrastructure/attachments.repository.js';
import { SigningRequestsRepository } from '../infrastructure/signing-requests.repository.js';
import { attachmentId, requestId } from '../known-id.pipe.js';
import { MultipartBody } from '../multipart-body.decorator.js';
import { PdfSender } from '../pdf-sender.js';
import { permissions } from '../permissions.js';
import { AttachmentDto, AttachmentListDto, NewAttachmentDto } from './attachments.dto.js';
import { SignAttachmentUseCase } from './sign-attachment.use-case.js';

@ApiTags('attachments')
@Controller('api/signing/v1/requests/:id/attachments')
export class AttachmentsController {
  constructor(
    private readonly requests: SigningRequestsRepository,
    private readonly attachments: AttachmentsRepository,
    private readonly signAttachment: SignAttachmentUseCase,
    private readonly objects: ObjectStore,
    private readonly pdfs: PdfSender,
  ) {}

  @Post()
  @Permission(permissions.seal)
  @Idempotent({ body: 'declared' })
  @ApiOperation({
    summary: 'Sign an attachment in a file of its own as the agency',
    description:
      'Once the main document is sealed: its number and the signing time go top right on page 1, without an image (Decree 30/2020 App. I, II.8.b).',
  })
  @MultipartBody('application/pdf', NewAttachmentDto)
  @ApiCreatedResponse({ type: AttachmentDto })
  async sign(
    @Param('id', requestId) id: string,
    @Req() request: FastifyRequest,
    @CurrentPrincipal() principal: Principal,
  ): Promise<AttachmentDto> {
    const upload = await receiveMultipart(request, { maxBytes: maxDocumentBytes });
    const fields = await validateDto(NewAttachmentDto, upload.fields);
    const file = await this.objects.receive(upload.file.stream, { maxBytes: maxDocumentBytes });
    try {
      await upload.finish();
      // Without the password: a hash of the body is kept, and one that covers a password lets it be guessed.
      const { title, keyId } = fields;
      await declareIdempotentBody(request, { title, keyId, sha256: file.sha256 });
      return AttachmentDto.of(await this.signAttachment.execute({ requestId: id, ...fields }, file, principal));
    } finally {
      await file.discard();
    }
  }

  @Get()
  @Permission(permissions.read)
  @ApiOperation({ summary: 'The signed attachments of a request' })
  @ApiOkResponse({ type: AttachmentListDto })
  async list(@Param('id', requestId) id: string, @CurrentPrincipal() principal: Principal): Promise<AttachmentListDto> {
    await this.requests.get(id, principal.agencyCode ?? '');
    return { attachments: (await this.attachments.ofRequest(id)).map((attachment) => AttachmentDto.of(attachment)) };
  }

  @Get(':attachmentId/content')
  @Permission(permissions.read)
  @ApiOperation({ summary: 'The signed PDF; the access is logged before the first byte' })
  async content(
    @Param('id', requestId) id: string,
    @Param('attachmentId', attachmentId) attachment: string,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { documentId } = await this.requests.get(id, principal.agencyCode ?? '');
    const { sha256, title } = await this.attachments.get(id, attachment);
    await this.pdfs.send(request, reply, {
      sha256,
      title,
      documentId,
      detail: { requestId: id, attachmentId: attachment },
    });
  }
}
