import type { AuditEntry } from '#platform/audit';
import { CurrentPrincipal, Permission, type Principal } from '#platform/auth';
import { Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AuditEntriesDto, type AuditEntryDto, AuditQueryDto, AuditVerificationDto } from './audit.dto.js';
import { ListEntries } from './list-entries.use-case.js';
import { VerifyLog } from './verify-log.use-case.js';

const mayAudit = { name: 'reuse.audit', roles: ['supervisor'], scopes: ['reuse.audit'] } as const;

@ApiTags('audit')
@Controller('api/reuse/v1/audit')
export class AuditController {
  constructor(
    private readonly listEntries: ListEntries,
    private readonly verifyLog: VerifyLog,
  ) {}

  @Get('entries')
  @Permission(mayAudit)
  @ApiOperation({ summary: 'Entries of the access log; reading them is logged' })
  @ApiOkResponse({ type: AuditEntriesDto })
  async entries(@Query() query: AuditQueryDto, @CurrentPrincipal() principal: Principal): Promise<AuditEntriesDto> {
    const { entries, nextCursor } = await this.listEntries.execute(
      {
        dossierCode: query.dossierCode,
        documentId: query.documentId,
        from: query.from === undefined ? undefined : new Date(query.from),
        to: query.to === undefined ? undefined : new Date(query.to),
        limit: query.limit,
        cursor: query.cursor,
      },
      principal,
    );
    return { entries: entries.map(toEntry), nextCursor };
  }

  @Post('verify')
  @HttpCode(200)
  @Permission(mayAudit)
  @ApiOperation({ summary: 'Recomputes the hash chain and names the first entry that does not fit' })
  @ApiOkResponse({ type: AuditVerificationDto })
  async verify(@CurrentPrincipal() principal: Principal): Promise<AuditVerificationDto> {
    return this.verifyLog.execute(principal);
  }
}

const toEntry = ({ at, ...entry }: AuditEntry): AuditEntryDto => ({ ...entry, at: at.toISOString() });
