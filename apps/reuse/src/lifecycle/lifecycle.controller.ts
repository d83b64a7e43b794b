import type { DocumentRecord } from '#domain/records';
import { Clock, vietnamDate } from '#kernel';
import { CurrentPrincipal, Permission, type Principal } from '#platform/auth';
import { Body, Controller, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { actingPersonHeader } from '../calling/acting-person-header.js';
import { documentIdPipe } from '../calling/id.pipe.js';
import { readCaller } from '../calling/read-caller.js';
import { DocumentLifeDto } from '../documents/document.dto.js';
import { toDocumentLife } from '../documents/document.mapper.js';
import { ChangeDocument } from './change-document.use-case.js';
import { ChainDto, ReasonDto, ReplaceDocumentDto, RevokeDocumentDto } from './lifecycle.dto.js';
import { ListChain } from './list-chain.use-case.js';

// Ending a document is for those who may decide on it, not for the reception desk.
const mayChange = {
  name: 'reuse.lifecycle',
  roles: ['signer', 'clerk', 'supervisor'],
  scopes: ['reuse.lifecycle'],
} as const;
const mayLook = { ...mayChange, roles: ['officer', ...mayChange.roles] } as const;

@ApiTags('life cycle')
@ApiHeader(actingPersonHeader)
@Controller('api/reuse/v1/documents/:documentId')
export class LifecycleController {
  constructor(
    private readonly changeDocument: ChangeDocument,
    private readonly listChain: ListChain,
    private readonly clock: Clock,
  ) {}

  @Post('revoke')
  @HttpCode(200)
  @Permission(mayChange)
  @ApiOperation({ summary: 'Revokes a document; open dossiers that used it are told (FR-62)' })
  @ApiOkResponse({ type: DocumentLifeDto })
  async revoke(
    @Param('documentId', documentIdPipe) documentId: string,
    @Body() body: RevokeDocumentDto,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
  ): Promise<DocumentLifeDto> {
    const order = { ...body, effectiveAt: new Date(body.effectiveAt) };
    return this.present(await this.changeDocument.revoke(documentId, order, readCaller(request.headers, principal)));
  }

  @Post('replace')
  @HttpCode(200)
  @Permission(mayChange)
  @ApiOperation({ summary: 'Another document on file takes its place' })
  @ApiOkResponse({ type: DocumentLifeDto })
  async replace(
    @Param('documentId', documentIdPipe) documentId: string,
    @Body() body: ReplaceDocumentDto,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
  ): Promise<DocumentLifeDto> {
    return this.present(
      await this.changeDocument.replace(documentId, body.by, body.relation, readCaller(request.headers, principal)),
    );
  }

  @Post('suspend')
  @HttpCode(200)
  @Permission(mayChange)
  @ApiOperation({ summary: 'Suspends a document until it is resumed' })
  @ApiOkResponse({ type: DocumentLifeDto })
  async suspend(
    @Param('documentId', documentIdPipe) documentId: string,
    @Body() body: ReasonDto,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
  ): Promise<DocumentLifeDto> {
    return this.present(
      await this.changeDocument.suspend(documentId, body.reason, readCaller(request.headers, principal)),
    );
  }

  @Post('resume')
  @HttpCode(200)
  @Permission(mayChange)
  @ApiOperation({ summary: 'A suspended document may be used again' })
  @ApiOkResponse({ type: DocumentLifeDto })
  async resume(
    @Param('documentId', documentIdPipe) documentId: string,
    @Body() body: ReasonDto,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
  ): Promise<DocumentLifeDto> {
    return this.present(
      await this.changeDocument.resume(documentId, body.reason, readCaller(request.headers, principal)),
    );
  }

  @Get('chain')
  @Permission(mayLook)
  @ApiOperation({ summary: 'What it replaced and what replaced it' })
  @ApiOkResponse({ type: ChainDto })
  async chain(
    @Param('documentId', documentIdPipe) documentId: string,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
  ): Promise<ChainDto> {
    const documents = await this.listChain.execute(documentId, readCaller(request.headers, principal));
    return { documents: documents.map((document) => this.present(document)) };
  }

  private present(document: DocumentRecord): DocumentLifeDto {
    return toDocumentLife(document, vietnamDate(this.clock.now()));
  }
}
