import { Clock, vietnamDate } from '#kernel';
import { CurrentPrincipal, Permission, type Principal } from '#platform/auth';
import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { documentIdPipe } from '../calling/id.pipe.js';
import { PageQueryDto } from '../calling/page-query.dto.js';
import { serveContent } from '../documents/serve-content.js';
import { AccessesDto, AccessesQueryDto, OwnDocumentsDto } from './citizen.dto.js';
import { toOwnDocument } from './citizen.mapper.js';
import { DescribeAccesses } from './describe-accesses.js';
import { ListAccesses } from './list-accesses.use-case.js';
import { ListOwnDocuments } from './list-own-documents.use-case.js';
import { ReadOwnContent } from './read-own-content.use-case.js';

const ownData = { name: 'me.read', roles: ['citizen'] } as const;

@ApiTags('citizen')
@Controller('api/reuse/v1/me')
export class CitizenController {
  constructor(
    private readonly listOwnDocuments: ListOwnDocuments,
    private readonly readOwnContent: ReadOwnContent,
    private readonly listAccesses: ListAccesses,
    private readonly describeAccesses: DescribeAccesses,
    private readonly clock: Clock,
  ) {}

  @Get('documents')
  @Permission(ownData)
  @ApiOperation({ summary: 'What is held about me' })
  @ApiOkResponse({ type: OwnDocumentsDto })
  async documents(@Query() query: PageQueryDto, @CurrentPrincipal() principal: Principal): Promise<OwnDocumentsDto> {
    const { documents, nextCursor } = await this.listOwnDocuments.execute(query, principal);
    const today = vietnamDate(this.clock.now());
    return { documents: documents.map((own) => toOwnDocument(own, today)), nextCursor };
  }

  @Get('documents/:documentId/content')
  @Permission(ownData)
  @ApiOperation({ summary: 'One of my documents' })
  @ApiProduces('application/pdf')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async content(
    @Param('documentId', documentIdPipe) documentId: string,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await serveContent(request, reply, await this.readOwnContent.execute(documentId, principal));
  }

  @Get('accesses')
  @Permission(ownData)
  @ApiOperation({ summary: 'Who looked at what is held about me, when, for which case and why' })
  @ApiOkResponse({ type: AccessesDto })
  async accesses(@Query() query: AccessesQueryDto, @CurrentPrincipal() principal: Principal): Promise<AccessesDto> {
    const { entries, nextCursor } = await this.listAccesses.execute(
      {
        from: query.from === undefined ? undefined : new Date(query.from),
        to: query.to === undefined ? undefined : new Date(query.to),
        limit: query.limit,
        cursor: query.cursor,
      },
      principal,
    );
    return { accesses: await this.describeAccesses.describe(entries), nextCursor };
  }
}
