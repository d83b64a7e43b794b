import { Clock, vietnamDate } from '#kernel';
import { CurrentPrincipal, Permission, type Principal } from '#platform/auth';
import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { actingPersonHeader } from '../calling/acting-person-header.js';
import { documentIdPipe, grantIdPipe } from '../calling/id.pipe.js';
import { readCaller } from '../calling/read-caller.js';
import { GrantedDocumentMetadataDto } from './documents.dto.js';
import { toMetadataDto } from './documents.mapper.js';
import { ReadGrantedContent } from './read-granted-content.use-case.js';
import { ReadGrantedMetadata } from './read-granted-metadata.use-case.js';
import { serveContent } from './serve-content.js';

const mayRead = { name: 'reuse.read', roles: ['officer', 'clerk', 'signer'], scopes: ['reuse.read'] } as const;

@ApiTags('documents')
@Controller('api/reuse/v1/grants/:grantId/documents/:documentId')
export class DocumentsController {
  constructor(
    private readonly readMetadata: ReadGrantedMetadata,
    private readonly readContent: ReadGrantedContent,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Permission(mayRead)
  @ApiOperation({ summary: 'What is known of a granted document, in its present state' })
  @ApiHeader(actingPersonHeader)
  @ApiOkResponse({ type: GrantedDocumentMetadataDto })
  async metadata(
    @Param('grantId', grantIdPipe) grantId: string,
    @Param('documentId', documentIdPipe) documentId: string,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<GrantedDocumentMetadataDto> {
    const caller = readCaller(request.headers, principal);
    const found = await this.readMetadata.execute(grantId, documentId, caller);
    reply.header('cache-control', 'private, no-store');
    return toMetadataDto(found, vietnamDate(this.clock.now()));
  }

  @Get('content')
  @Permission(mayRead)
  @ApiOperation({ summary: 'The exact bytes granted; logged before the first byte leaves' })
  @ApiHeader(actingPersonHeader)
  @ApiHeader({ name: 'If-None-Match', required: false, description: 'Answered 304 when unchanged; logged too' })
  @ApiHeader({ name: 'Range', required: false, example: 'bytes=0-1023' })
  @ApiProduces('application/pdf')
  @ApiOkResponse({
    schema: { type: 'string', format: 'binary' },
    headers: {
      ETag: { schema: { type: 'string', example: '"sha256:9f2c…"' } },
      'Repr-Digest': { schema: { type: 'string', example: 'sha-256=:nyx…=:' } },
      'X-Access-Receipt': {
        schema: { type: 'string', format: 'uuid' },
        description: 'Id of the audit entry of this access',
      },
      Link: { schema: { type: 'string' }, description: 'rel="successor-version" when the document was superseded' },
    },
  })
  @ApiResponse({ status: 410, description: 'document-revoked' })
  @ApiResponse({ status: 503, description: 'log-unavailable: nothing was sent' })
  async content(
    @Param('grantId', grantIdPipe) grantId: string,
    @Param('documentId', documentIdPipe) documentId: string,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const caller = readCaller(request.headers, principal);
    await serveContent(request, reply, await this.readContent.execute(grantId, documentId, caller));
  }
}
