import { Catalogue } from '#domain/catalogue';
import { Clock, vietnamDate } from '#kernel';
import { Permission } from '#platform/auth';
import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  AsOfQueryDto,
  DocumentTypeListDto,
  ProcedureListDto,
  PurposeListDto,
  RequirementsDto,
} from './catalogue.dto.js';
import { toDocumentType, toProcedure, toRequirements } from './catalogue.mapper.js';
import { sendCacheable } from './send-cacheable.js';

const mayReadCatalogue = {
  name: 'reuse.catalogue',
  roles: ['officer', 'clerk', 'signer', 'supervisor', 'admin', 'citizen'],
  scopes: ['reuse.catalogue'],
} as const;

/** What procedures ask for. No personal data, so no context and no audit entry. */
@ApiTags('catalogue')
@Controller('api/reuse/v1')
export class CatalogueController {
  constructor(
    private readonly catalogue: Catalogue,
    private readonly clock: Clock,
  ) {}

  @Get('procedures/:procedureCode/requirements')
  @Permission(mayReadCatalogue)
  @ApiOperation({ summary: 'What a procedure asks for, and which documents satisfy it' })
  @ApiOkResponse({ type: RequirementsDto })
  async requirements(
    @Param('procedureCode') procedureCode: string,
    @Query() query: AsOfQueryDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const on = this.day(query);
    await sendCacheable(request, reply, toRequirements(await this.catalogue.procedure(procedureCode, on), on));
  }

  @Get('procedures')
  @Permission(mayReadCatalogue)
  @ApiOperation({ summary: 'All procedures in force' })
  @ApiOkResponse({ type: ProcedureListDto })
  async procedures(
    @Query() query: AsOfQueryDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const procedures = await this.catalogue.procedures(this.day(query));
    await sendCacheable(request, reply, { procedures: procedures.map(toProcedure) });
  }

  @Get('document-types')
  @Permission(mayReadCatalogue)
  @ApiOperation({ summary: 'All document types in force, with their fields and validity rules' })
  @ApiOkResponse({ type: DocumentTypeListDto })
  async documentTypes(
    @Query() query: AsOfQueryDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const documentTypes = await this.catalogue.documentTypes(this.day(query));
    await sendCacheable(request, reply, { documentTypes: documentTypes.map(toDocumentType) });
  }

  @Get('purposes')
  @Permission(mayReadCatalogue)
  @ApiOperation({ summary: 'The registered purposes a context may name' })
  @ApiOkResponse({ type: PurposeListDto })
  async purposes(
    @Query() query: AsOfQueryDto,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const purposes = await this.catalogue.purposes(this.day(query));
    await sendCacheable(request, reply, { purposes: purposes.map(({ code, text }) => ({ code, text })) });
  }

  private day({ asOf }: AsOfQueryDto): string {
    return asOf ?? vietnamDate(this.clock.now());
  }
}
