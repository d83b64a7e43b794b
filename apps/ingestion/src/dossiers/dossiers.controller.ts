import { Dossiers } from '#domain/dossiers';
import { CurrentPrincipal, Permission, type Principal } from '#platform/auth';
import { Idempotent } from '#platform/http';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { dossierIdPipe, noticeIdPipe } from '../access/known-id.pipe.js';
import { AccessTrail } from '../access/access-trail.js';
import { DossierAccess } from '../access/dossier-access.js';
import { permissions } from '../access/permissions.js';
import { Scans } from '../scans/scans.port.js';
import { ScanViews } from '../scans/view/scan-views.js';
import { ScanListView } from '../scans/view/scan.dto.js';
import { CheckAvailability } from './check-availability.use-case.js';
import { DossierViews } from './dossier-views.js';
import {
  AvailabilityView,
  CloseDossierDto,
  DossierPage,
  DossierView,
  ListDossiersDto,
  OpenDossierDto,
  ReuseDocumentDto,
} from './dossier.dto.js';
import { OpenDossier } from './open-dossier.use-case.js';
import { ReuseDocument } from './reuse-document.use-case.js';

@ApiTags('Dossiers')
@Controller('api/ingestion/v1/dossiers')
export class DossiersController {
  constructor(
    private readonly openDossier: OpenDossier,
    private readonly checkAvailability: CheckAvailability,
    private readonly reuseDocument: ReuseDocument,
    private readonly dossiers: Dossiers,
    private readonly access: DossierAccess,
    private readonly trail: AccessTrail,
    private readonly views: DossierViews,
    private readonly allScans: Scans,
    private readonly scanViews: ScanViews,
  ) {}

  @Post()
  @Idempotent()
  @Permission(permissions.openDossier)
  @ApiOperation({ summary: 'Open a dossier' })
  @ApiCreatedResponse({ type: DossierView })
  async open(@Body() body: OpenDossierDto, @CurrentPrincipal() principal: Principal): Promise<DossierView> {
    const { dossier, owner } = await this.openDossier.execute(body, principal);
    return this.views.view(dossier, owner);
  }

  @Get()
  @Permission(permissions.readDossier)
  @ApiOperation({ summary: "Dossiers of the caller's agency, newest first; names nobody" })
  @ApiOkResponse({ type: DossierPage })
  async list(@Query() query: ListDossiersDto, @CurrentPrincipal() principal: Principal): Promise<DossierPage> {
    const { status, limit = 20, cursor } = query;
    const page = await this.dossiers.list({ agencyCode: principal.agencyCode ?? '', status, limit, cursor });
    return { dossiers: page.dossiers.map((dossier) => this.views.summary(dossier)), nextCursor: page.nextCursor };
  }

  @Get(':id')
  @Permission(permissions.readDossier)
  @ApiOperation({ summary: 'One dossier with its components and notices' })
  @ApiOkResponse({ type: DossierView })
  async get(@Param('id', dossierIdPipe) id: string, @CurrentPrincipal() principal: Principal): Promise<DossierView> {
    const { dossier, owner, facts } = await this.access.admit(principal, id, 'dossier.read');
    return this.trail.record(facts, () => this.views.view(dossier, owner));
  }

  @Get(':id/scans')
  @Permission(permissions.readScan)
  @ApiOperation({ summary: 'Its scans and where each stands, oldest first: work that was left can be taken up again' })
  @ApiOkResponse({ type: ScanListView })
  async scans(@Param('id', dossierIdPipe) id: string, @CurrentPrincipal() principal: Principal): Promise<ScanListView> {
    const { dossier, facts } = await this.access.admit(principal, id, 'dossier.scans-read');
    return this.trail.record(facts, async () => ({
      scans: (await this.allScans.ofDossier(dossier.id)).map((scan) => this.scanViews.summary(scan)),
    }));
  }

  @Get(':id/availability')
  @Permission(permissions.readDossier)
  @ApiOperation({ summary: 'What is on file for each component, with a decision and its reasons (FR-17)' })
  @ApiOkResponse({ type: AvailabilityView })
  async available(
    @Param('id', dossierIdPipe) id: string,
    @CurrentPrincipal() principal: Principal,
  ): Promise<AvailabilityView> {
    return this.views.availability(await this.checkAvailability.execute(id, principal));
  }

  @Post(':id/components/:componentId/reuse')
  @HttpCode(200)
  @Permission(permissions.reuseDocument)
  @ApiOperation({ summary: 'Satisfy a component with a document on file' })
  @ApiOkResponse({ type: DossierView })
  async reuse(
    @Param('id', dossierIdPipe) dossierId: string,
    @Param('componentId') componentId: string,
    @Body() body: ReuseDocumentDto,
    @CurrentPrincipal() principal: Principal,
  ): Promise<DossierView> {
    const { dossier, owner } = await this.reuseDocument.execute({ dossierId, componentId, ...body }, principal);
    return this.views.view(dossier, owner);
  }

  @Post(':id/close')
  @HttpCode(200)
  @Permission(permissions.closeDossier)
  @ApiOperation({ summary: 'Decide, return, reject or withdraw a dossier' })
  @ApiOkResponse({ type: DossierView })
  async close(
    @Param('id', dossierIdPipe) id: string,
    @Body() body: CloseDossierDto,
    @CurrentPrincipal() principal: Principal,
  ): Promise<DossierView> {
    const { owner, facts } = await this.access.admit(principal, id, 'dossier.closed');
    const closed = await this.trail.record({ ...facts, detail: { status: body.status } }, () =>
      this.dossiers.close(id, body.status),
    );
    return this.views.view(closed, owner);
  }

  @Post(':id/notices/:noticeId/acknowledge')
  @HttpCode(200)
  @Permission(permissions.reuseDocument)
  @ApiOperation({ summary: 'Say that a notice was seen' })
  @ApiOkResponse({ type: DossierView })
  async acknowledge(
    @Param('id', dossierIdPipe) id: string,
    @Param('noticeId', noticeIdPipe) noticeId: string,
    @CurrentPrincipal() principal: Principal,
  ): Promise<DossierView> {
    const { owner, facts } = await this.access.admit(principal, id, 'dossier.notice-acknowledged');
    const updated = await this.trail.record({ ...facts, detail: { noticeId } }, () =>
      this.dossiers.acknowledge(id, noticeId),
    );
    return this.views.view(updated, owner);
  }
}
