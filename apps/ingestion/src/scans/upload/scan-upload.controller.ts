import { CurrentPrincipal, Permission, type Principal } from '#platform/auth';
import { Settings } from '#platform/config';
import { declareIdempotentBody, Idempotent, receiveMultipart, validateDto } from '#platform/http';
import { ObjectStore, type ReceivedFile } from '#platform/storage';
import { Controller, Param, Post, Req } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiExtraModels,
  ApiOperation,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { dossierIdPipe } from '../../access/known-id.pipe.js';
import { AccessTrail } from '../../access/access-trail.js';
import { DossierAccess } from '../../access/dossier-access.js';
import { permissions } from '../../access/permissions.js';
import { AcceptedScanView, ScanUploadDto } from './scan-upload.dto.js';
import { UploadScan } from './upload-scan.use-case.js';

@ApiTags('Scans')
@Controller('api/ingestion/v1/dossiers/:id/components/:componentId/scans')
export class ScanUploadController {
  constructor(
    private readonly access: DossierAccess,
    private readonly trail: AccessTrail,
    private readonly uploadScan: UploadScan,
    private readonly store: ObjectStore,
    private readonly settings: Settings,
  ) {}

  @Post()
  @Idempotent({ body: 'declared' })
  @Permission(permissions.uploadScan)
  @ApiOperation({
    summary: 'Upload a scanned paper for a component',
    description:
      'multipart/form-data: the text fields first, then one file (PDF, JPEG, PNG, TIFF). 201 means that the bytes are on disk and that signing and reading will happen.',
  })
  @ApiConsumes('multipart/form-data')
  @ApiExtraModels(ScanUploadDto)
  @ApiBody({
    schema: {
      allOf: [
        { $ref: getSchemaPath(ScanUploadDto) },
        { type: 'object', properties: { file: { type: 'string', format: 'binary' } }, required: ['file'] },
      ],
    },
  })
  @ApiCreatedResponse({ type: AcceptedScanView })
  async upload(
    @Param('id', dossierIdPipe) dossierId: string,
    @Param('componentId') componentId: string,
    @Req() request: FastifyRequest,
    @CurrentPrincipal() principal: Principal,
  ): Promise<AcceptedScanView> {
    const admitted = await this.access.admit(principal, dossierId, 'scan.uploaded');
    const { form, fields, file } = await this.receive(request).catch(async (error: unknown) => {
      await this.trail.refused({ ...admitted.facts, detail: { componentId } }, error);
      throw error;
    });
    try {
      await declareIdempotentBody(request, { ...fields, sha256: file.sha256 });
      const scan = await this.uploadScan.execute({ admitted, componentId, form, file }, principal);
      return {
        id: scan.id,
        state: scan.state,
        findings: scan.findings,
        duplicates: scan.duplicates,
        pages: scan.pages,
        sha256: scan.original.sha256,
        documentId: scan.documentId,
      };
    } finally {
      await file.discard();
    }
  }

  /** The text fields, checked, and the file in a scratch place of its own. */
  private async receive(request: FastifyRequest): Promise<{
    readonly form: ScanUploadDto;
    readonly fields: Readonly<Record<string, string>>;
    readonly file: ReceivedFile;
  }> {
    const maxBytes = this.settings.uploadMaxBytes;
    const upload = await receiveMultipart(request, { maxBytes });
    try {
      const form = await validateDto(ScanUploadDto, upload.fields);
      const file = await this.store.receive(upload.file.stream, { maxBytes });
      await upload.finish().catch(async (error: unknown) => {
        await file.discard();
        throw error;
      });
      return { form, fields: upload.fields, file };
    } catch (error) {
      // What is left of a refused body is read and dropped, so that the caller gets to see the answer.
      upload.file.stream.resume();
      throw error;
    }
  }
}
