import { DomainError, sha256Hex } from '#kernel';
import { CurrentPrincipal, Permission, type Principal } from '#platform/auth';
import { sendObject } from '#platform/http';
import { ProgressFeed } from '#platform/queue';
import { ObjectStore } from '#platform/storage';
import { Controller, Get, HttpCode, Param, ParseIntPipe, Post, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { scanIdPipe } from '../../access/known-id.pipe.js';
import { AccessTrail, type AccessFacts } from '../../access/access-trail.js';
import { DossierAccess } from '../../access/dossier-access.js';
import { permissions } from '../../access/permissions.js';
import { RetryDigitisation } from '../../digitisation/retry-digitisation.use-case.js';
import type { StoredFile } from '../scan.js';
import { Scans } from '../scans.port.js';
import { eventStream, lastEventId } from './event-stream.js';
import { PageImages } from './page-images.js';
import { ScanViews } from './scan-views.js';
import { ScanView } from './scan.dto.js';

@ApiTags('Scans')
@Controller('api/ingestion/v1/scans/:id')
export class ScansController {
  constructor(
    private readonly access: DossierAccess,
    private readonly trail: AccessTrail,
    private readonly scans: Scans,
    private readonly views: ScanViews,
    private readonly images: PageImages,
    private readonly store: ObjectStore,
    private readonly progress: ProgressFeed,
    private readonly retryDigitisation: RetryDigitisation,
  ) {}

  @Get()
  @Permission(permissions.readScan)
  @ApiOperation({ summary: 'A scan with its pages, fields and findings' })
  @ApiOkResponse({ type: ScanView })
  async get(@Param('id', scanIdPipe) id: string, @CurrentPrincipal() principal: Principal): Promise<ScanView> {
    const { scan, facts } = await this.access.admitToScan(principal, id, 'scan.read');
    return this.trail.record(facts, () => this.views.view(scan));
  }

  @Get('events')
  @Permission(permissions.readScan)
  @ApiOperation({ summary: 'Progress as Server-Sent Events; goes on after Last-Event-ID' })
  @ApiProduces('text/event-stream')
  async events(
    @Param('id', scanIdPipe) id: string,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { scan, facts } = await this.access.admitToScan(principal, id, 'scan.followed');
    await this.trail.record(facts, async () => undefined);
    const gone = new AbortController();
    reply.raw.on('close', () => gone.abort());
    const events = this.progress.follow(scan.id, lastEventId(request.headers['last-event-id']), gone.signal);
    await reply
      .headers({
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        // nginx would otherwise keep events back until its buffer is full.
        'x-accel-buffering': 'no',
      })
      .send(Readable.from(eventStream(events)));
  }

  @Get('content')
  @Permission(permissions.readScan)
  @ApiOperation({ summary: 'The scan as a PDF with the signature of who scanned it' })
  @ApiProduces('application/pdf')
  async content(
    @Param('id', scanIdPipe) id: string,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { scan, facts } = await this.access.admitToScan(principal, id, 'document.read');
    if (!scan.signed) throw new DomainError('scan-not-ready', { state: scan.state });
    await this.send(request, reply, facts, scan.signed, 'application/pdf', `${scan.id}.pdf`);
  }

  @Get('original')
  @Permission(permissions.readScan)
  @ApiOperation({ summary: 'The bytes as received (FR-15)' })
  async original(
    @Param('id', scanIdPipe) id: string,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { scan, facts } = await this.access.admitToScan(principal, id, 'scan.original-read');
    const { mediaType } = scan.original;
    await this.send(request, reply, facts, scan.original, mediaType, `${scan.id}.${fileEndings[mediaType] ?? 'bin'}`);
  }

  @Get('pages/:page/image')
  @Permission(permissions.readScan)
  @ApiOperation({ summary: 'A page as a picture for the screen' })
  @ApiProduces('image/jpeg')
  async image(
    @Param('id', scanIdPipe) id: string,
    @Param('page', ParseIntPipe) page: number,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { scan, facts } = await this.access.admitToScan(principal, id, 'document.page-read');
    const jpeg = await this.images.jpeg(scan, page);
    await sendObject(request, reply, {
      sha256: sha256Hex(jpeg),
      bytes: jpeg.length,
      mediaType: 'image/jpeg',
      fileName: `${scan.id}-${page}.jpg`,
      open: async (range) => Readable.from([range ? jpeg.subarray(range.start, range.end + 1) : jpeg]),
      beforeSending: () => this.trail.record({ ...facts, detail: { ...facts.detail, page } }, async () => undefined),
    });
  }

  @Post('retry')
  @HttpCode(200)
  @Permission(permissions.retryScan)
  @ApiOperation({ summary: 'Try the failed step again: the signature, or the pages that could not be read' })
  @ApiOkResponse({ type: ScanView })
  async retry(@Param('id', scanIdPipe) id: string, @CurrentPrincipal() principal: Principal): Promise<ScanView> {
    await this.retryDigitisation.execute(id, principal);
    return this.views.view(await this.scans.get(id));
  }

  private async send(
    request: FastifyRequest,
    reply: FastifyReply,
    facts: AccessFacts,
    file: StoredFile,
    mediaType: string,
    fileName: string,
  ): Promise<void> {
    await sendObject(request, reply, {
      ...file,
      mediaType,
      fileName,
      open: (range) => this.store.open(file.sha256, range),
      beforeSending: (access) =>
        this.trail.record(
          { ...facts, sha256: file.sha256, detail: { ...facts.detail, access } },
          async () => undefined,
        ),
    });
  }
}

const fileEndings: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/tiff': 'tiff',
};
