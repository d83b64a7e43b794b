import { CurrentPrincipal, Permission, type Principal } from '#platform/auth';
import { Idempotent } from '#platform/http';
import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { scanIdPipe } from '../access/known-id.pipe.js';
import { permissions } from '../access/permissions.js';
import { ConfirmScan } from './confirm-scan.use-case.js';
import { ConfirmedView, ConfirmScanDto } from './confirmation.dto.js';

@ApiTags('Scans')
@Controller('api/ingestion/v1/scans/:id/confirmation')
export class ConfirmationController {
  constructor(private readonly confirmScan: ConfirmScan) {}

  @Post()
  @HttpCode(200)
  @Idempotent()
  @Permission(permissions.confirmScan)
  @ApiOperation({ summary: 'Vouch for the fields; the document gets its code and is on file' })
  @ApiOkResponse({ type: ConfirmedView })
  async confirm(
    @Param('id', scanIdPipe) scanId: string,
    @Body() body: ConfirmScanDto,
    @CurrentPrincipal() principal: Principal,
  ): Promise<ConfirmedView> {
    const document = await this.confirmScan.execute({ scanId, ...body }, principal);
    return { documentId: document.id, code: document.code ?? '', state: document.state };
  }
}
