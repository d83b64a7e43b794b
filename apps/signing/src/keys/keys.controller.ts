import { readFile } from 'node:fs/promises';
import { Controller, Get, Post, Req } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CurrentPrincipal, Permission, type Principal } from '#platform/auth';
import { receiveMultipart, validateDto } from '#platform/http';
import { ObjectStore } from '#platform/storage';
import { MultipartBody } from '../multipart-body.decorator.js';
import { permissions } from '../permissions.js';
import { Holders } from './holders.js';
import { KeyRing } from './key-ring.js';
import { ImportKeyDto, KeyDto, KeyListDto } from './keys.dto.js';

const maxKeyFileBytes = 1024 * 1024;

@ApiTags('keys')
@Controller('api/signing/v1/keys')
export class KeysController {
  constructor(
    private readonly keys: KeyRing,
    private readonly holders: Holders,
    private readonly objects: ObjectStore,
  ) {}

  @Get()
  @Permission(permissions.ownKeys)
  @ApiOperation({ summary: 'The caller’s own keys, and for a clerk those of the agency' })
  @ApiOkResponse({ type: KeyListDto })
  async list(@CurrentPrincipal() principal: Principal): Promise<KeyListDto> {
    const own = await this.keys.list(await this.holders.of(principal, 'PERSON'));
    const agency = principal.roles.includes('clerk')
      ? await this.keys.list(await this.holders.of(principal, 'AGENCY'))
      : [];
    return { keys: [...own, ...agency].map((key) => KeyDto.of(key)) };
  }

  @Post()
  @Permission(permissions.ownKeys)
  @ApiOperation({ summary: 'Bring a PKCS#12 file; its certificate must name the holder' })
  @MultipartBody('application/x-pkcs12', ImportKeyDto)
  @ApiCreatedResponse({ type: KeyDto })
  async import(@Req() request: FastifyRequest, @CurrentPrincipal() principal: Principal): Promise<KeyDto> {
    const upload = await receiveMultipart(request, { maxBytes: maxKeyFileBytes });
    const { holder, password } = await validateDto(ImportKeyDto, upload.fields);
    const file = await this.objects.receive(upload.file.stream, { maxBytes: maxKeyFileBytes });
    try {
      await upload.finish();
      return KeyDto.of(
        await this.keys.importPkcs12(await this.holders.of(principal, holder), await readFile(file.path), password),
      );
    } finally {
      await file.discard();
    }
  }
}
