import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { parseSubject } from '#domain/records';
import { DomainError } from '#kernel';
import { CurrentPrincipal, Permission, type Principal } from '#platform/auth';
import { declareIdempotentBody, Idempotent, receiveMultipart, validateDto } from '#platform/http';
import { ObjectStore } from '#platform/storage';
import { AttachmentDto } from '../attachments/attachments.dto.js';
import { maxDocumentBytes } from '../document-signer.js';
import { AttachmentsRepository } from '../infrastructure/attachments.repository.js';
import { SigningRequestsRepository } from '../infrastructure/signing-requests.repository.js';
import { SignDto } from '../keys/sign.dto.js';
import { requestId } from '../known-id.pipe.js';
import { MultipartBody } from '../multipart-body.decorator.js';
import { PdfSender } from '../pdf-sender.js';
import { permissions } from '../permissions.js';
import { CreateRequestUseCase } from './create-request.use-case.js';
import { RejectRequestUseCase } from './reject-request.use-case.js';
import { ReturnResultUseCase } from './return-result.use-case.js';
import { SealAsAgencyUseCase } from './seal-as-agency.use-case.js';
import { SignAsPersonUseCase } from './sign-as-person.use-case.js';
import {
  ListSigningRequestsDto,
  NewSigningRequestDto,
  RejectionDto,
  type ResultSubjectDto,
  SigningRequestDetailDto,
  SigningRequestDto,
  SigningRequestPageDto,
} from './signing-requests.dto.js';

@ApiTags('requests')
@Controller('api/signing/v1/requests')
export class SigningRequestsController {
  constructor(
    private readonly requests: SigningRequestsRepository,
    private readonly create: CreateRequestUseCase,
    private readonly signAsPerson: SignAsPersonUseCase,
    private readonly sealAsAgency: SealAsAgencyUseCase,
    private readonly reject: RejectRequestUseCase,
    private readonly returnResult: ReturnResultUseCase,
    private readonly attachments: AttachmentsRepository,
    private readonly objects: ObjectStore,
    private readonly pdfs: PdfSender,
  ) {}

  @Post()
  @Permission(permissions.draft)
  @Idempotent({ body: 'declared' })
  @ApiOperation({ summary: 'Put a drafted, unsigned PDF into the inbox of the one who signs it' })
  @MultipartBody('application/pdf', NewSigningRequestDto)
  @ApiCreatedResponse({ type: SigningRequestDto })
  async draft(@Req() request: FastifyRequest, @CurrentPrincipal() principal: Principal): Promise<SigningRequestDto> {
    const upload = await receiveMultipart(request, { maxBytes: maxDocumentBytes });
    const fields = await validateDto(
      NewSigningRequestDto,
      withParsedJson(upload.fields, ['subject', 'signerSlot', 'numberSlot', 'dateSlots']),
    );
    const file = await this.objects.receive(upload.file.stream, { maxBytes: maxDocumentBytes });
    try {
      await upload.finish();
      await declareIdempotentBody(request, { ...upload.fields, sha256: file.sha256 });
      const { subject, ...rest } = fields;
      return SigningRequestDto.of(
        await this.create.execute({ ...rest, subject: subject && identified(subject) }, file, principal),
      );
    } finally {
      await file.discard();
    }
  }

  @Get()
  @Permission(permissions.read)
  @ApiOperation({ summary: 'The requests of the caller’s agency, newest first' })
  @ApiOkResponse({ type: SigningRequestPageDto })
  async list(
    @Query() query: ListSigningRequestsDto,
    @CurrentPrincipal() principal: Principal,
  ): Promise<SigningRequestPageDto> {
    const page = await this.requests.list({
      ...query,
      agencyCode: principal.agencyCode ?? '',
      limit: query.limit ?? 20,
    });
    return { requests: page.requests.map((request) => SigningRequestDto.of(request)), nextCursor: page.nextCursor };
  }

  @Get(':id')
  @Permission(permissions.read)
  @ApiOperation({ summary: 'One request, with its attachments' })
  @ApiOkResponse({ type: SigningRequestDetailDto })
  async get(
    @Param('id', requestId) id: string,
    @CurrentPrincipal() principal: Principal,
  ): Promise<SigningRequestDetailDto> {
    const request = await this.requests.get(id, principal.agencyCode ?? '');
    const attachments = await this.attachments.ofRequest(id);
    return {
      ...SigningRequestDto.of(request),
      attachments: attachments.map((attachment) => AttachmentDto.of(attachment)),
    };
  }

  @Get(':id/content')
  @Permission(permissions.read)
  @ApiOperation({ summary: 'The PDF as it stands now; the access is logged before the first byte' })
  async content(
    @Param('id', requestId) id: string,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { currentSha256, title, documentId } = await this.requests.get(id, principal.agencyCode ?? '');
    await this.pdfs.send(request, reply, { sha256: currentSha256, title, documentId, detail: { requestId: id } });
  }

  @Post(':id/signature')
  @HttpCode(200)
  @Permission(permissions.sign)
  @ApiOperation({ summary: 'Number the document and sign it as the authorised person' })
  @ApiOkResponse({ type: SigningRequestDto })
  async sign(
    @Param('id', requestId) id: string,
    @Body() body: SignDto,
    @CurrentPrincipal() principal: Principal,
  ): Promise<SigningRequestDto> {
    return SigningRequestDto.of(await this.signAsPerson.execute({ requestId: id, ...body }, principal));
  }

  @Post(':id/rejection')
  @HttpCode(200)
  @Permission(permissions.sign)
  @ApiOperation({ summary: 'Sends a draft back unsigned, with the reason' })
  @ApiOkResponse({ type: SigningRequestDto })
  async rejection(
    @Param('id', requestId) id: string,
    @Body() body: RejectionDto,
    @CurrentPrincipal() principal: Principal,
  ): Promise<SigningRequestDto> {
    return SigningRequestDto.of(await this.reject.execute({ requestId: id, reason: body.reason }, principal));
  }

  @Post(':id/agency-signature')
  @HttpCode(200)
  @Permission(permissions.seal)
  @ApiOperation({ summary: 'Sign as the agency and put the document on file' })
  @ApiOkResponse({ type: SigningRequestDto })
  async seal(
    @Param('id', requestId) id: string,
    @Body() body: SignDto,
    @CurrentPrincipal() principal: Principal,
  ): Promise<SigningRequestDto> {
    return SigningRequestDto.of(await this.sealAsAgency.execute({ requestId: id, ...body }, principal));
  }

  @Post(':id/return')
  @HttpCode(200)
  @Permission(permissions.returnResult)
  @ApiOperation({ summary: 'The result was handed over: its owner sees it from now on' })
  @ApiOkResponse({ type: SigningRequestDto })
  async returned(
    @Param('id', requestId) id: string,
    @CurrentPrincipal() principal: Principal,
  ): Promise<SigningRequestDto> {
    return SigningRequestDto.of(await this.returnResult.execute(id, principal));
  }
}

const identified = (subject: ResultSubjectDto) => ({ identifier: parseSubject(subject), name: subject.name });

/** Form fields are texts; those that hold an object are JSON. @throws DomainError `request-invalid` naming the field */
function withParsedJson(fields: Readonly<Record<string, string>>, names: readonly string[]): Record<string, unknown> {
  const parsed: Record<string, unknown> = { ...fields };
  for (const name of names) {
    const text = fields[name];
    if (text === undefined) continue;
    try {
      parsed[name] = JSON.parse(text);
    } catch (cause) {
      throw new DomainError('request-invalid', {}, { cause, details: [{ code: 'MALFORMED', field: name }] });
    }
  }
  return parsed;
}
