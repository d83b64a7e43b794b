import { readFile } from 'node:fs/promises';
import { Controller, HttpCode, Post, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { AuditLog } from '#platform/audit';
import { Permission } from '#platform/auth';
import { receiveMultipart } from '#platform/http';
import { ObjectStore } from '#platform/storage';
import { maxDocumentBytes } from '../document-signer.js';
import { MultipartBody } from '../multipart-body.decorator.js';
import { permissions } from '../permissions.js';
import { SignatureChecker } from './signature-checker.js';
import { VerificationReportDto } from './verifications.dto.js';

@ApiTags('verifications')
@Controller('api/signing/v1/verifications')
export class VerificationsController {
  constructor(
    private readonly checker: SignatureChecker,
    private readonly objects: ObjectStore,
    private readonly audit: AuditLog,
  ) {}

  @Post()
  @HttpCode(200)
  @Permission(permissions.verify)
  @ApiOperation({
    summary: 'Check the signatures of a PDF',
    description:
      'The file is not kept. Every question asked of a signature is answered on its own; what is not looked at (revocation, time stamps, the content of later changes) says NOT_CHECKED and is never a silent pass.',
  })
  @MultipartBody('application/pdf')
  @ApiOkResponse({ type: VerificationReportDto })
  async verify(@Req() request: FastifyRequest): Promise<VerificationReportDto> {
    const upload = await receiveMultipart(request, { maxBytes: maxDocumentBytes });
    const file = await this.objects.receive(upload.file.stream, { maxBytes: maxDocumentBytes });
    try {
      await upload.finish();
      const report = await this.checker.check(await readFile(file.path));
      await this.audit.append({
        event: 'signing.signatures-checked',
        outcome: 'success',
        service: 'signing',
        sha256: file.sha256,
        detail: { verdict: report.verdict, signatures: report.signatures.length },
      });
      return VerificationReportDto.of(file.sha256, report);
    } finally {
      await file.discard();
    }
  }
}
