import { parseSubject } from '#domain/records';
import { CurrentPrincipal, Permission, type Principal } from '#platform/auth';
import { Idempotent } from '#platform/http';
import { Body, Controller, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiHeader,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { actingPersonHeader } from '../calling/acting-person-header.js';
import { grantIdPipe } from '../calling/id.pipe.js';
import { readCaller } from '../calling/read-caller.js';
import { readCallingContext } from '../calling/read-calling-context.js';
import { EndGrant } from './end-grant.use-case.js';
import { GrantDto, GrantRequestDto, RecheckDto, RevokeGrantDto } from './grants.dto.js';
import { toGrantDto, toRecheckDto } from './grants.mapper.js';
import { OpenGrant } from './open-grant.use-case.js';
import { RecheckGrant } from './recheck-grant.use-case.js';
import { ViewGrant } from './view-grant.use-case.js';

const mayRead = { name: 'reuse.read', roles: ['officer', 'clerk', 'signer'], scopes: ['reuse.read'] } as const;

@ApiTags('grants')
@Controller('api/reuse/v1/grants')
export class GrantsController {
  constructor(
    private readonly openGrant: OpenGrant,
    private readonly viewGrant: ViewGrant,
    private readonly endGrant: EndGrant,
    private readonly recheckGrant: RecheckGrant,
  ) {}

  @Post()
  @Idempotent()
  @Permission(mayRead)
  @ApiOperation({ summary: 'Permission to read documents on file, for one dossier and one purpose' })
  @ApiHeader({ name: 'Idempotency-Key', required: false })
  @ApiCreatedResponse({ type: GrantDto })
  async open(
    @Body() body: GrantRequestDto,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
  ): Promise<GrantDto> {
    const view = await this.openGrant.execute(
      {
        context: readCallingContext(body.context, request.headers, principal),
        subject: parseSubject(body.subject),
        documentRefs: body.documentRefs,
        ttlDays: body.ttlDays,
        maxReads: body.maxReads,
      },
      principal,
    );
    return toGrantDto(view);
  }

  @Get(':grantId')
  @Permission(mayRead)
  @ApiOperation({ summary: 'The grant, the reads left, and its documents in their present state' })
  @ApiHeader(actingPersonHeader)
  @ApiOkResponse({ type: GrantDto })
  async view(
    @Param('grantId', grantIdPipe) grantId: string,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
  ): Promise<GrantDto> {
    return toGrantDto(await this.viewGrant.execute(grantId, readCaller(request.headers, principal)));
  }

  @Post(':grantId/recheck')
  @HttpCode(200)
  @Permission(mayRead)
  @ApiOperation({
    summary: 'Judges the documents again at decision time and says what changed since the grant (FR-71)',
  })
  @ApiHeader(actingPersonHeader)
  @ApiOkResponse({ type: RecheckDto })
  async recheck(
    @Param('grantId', grantIdPipe) grantId: string,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
  ): Promise<RecheckDto> {
    return toRecheckDto(await this.recheckGrant.execute(grantId, readCaller(request.headers, principal)));
  }

  @Post(':grantId/release')
  @HttpCode(204)
  @Permission(mayRead)
  @ApiOperation({ summary: 'The holder ends the grant early' })
  @ApiHeader(actingPersonHeader)
  @ApiNoContentResponse()
  release(
    @Param('grantId', grantIdPipe) grantId: string,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    return this.endGrant.release(grantId, readCaller(request.headers, principal));
  }

  @Post(':grantId/revoke')
  @HttpCode(204)
  @Permission({ name: 'grant.revoke', roles: ['supervisor', 'citizen'] })
  @ApiOperation({ summary: 'A supervisor stops the grant, or the citizen withdraws the consent it rests on' })
  @ApiNoContentResponse()
  revoke(
    @Param('grantId', grantIdPipe) grantId: string,
    @Body() body: RevokeGrantDto,
    @CurrentPrincipal() principal: Principal,
  ): Promise<void> {
    return this.endGrant.revoke(grantId, body.reason, principal);
  }
}
