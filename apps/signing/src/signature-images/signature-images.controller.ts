import { readFile } from 'node:fs/promises';
import { Controller, HttpCode, Param, ParseEnumPipe, Put, Req } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { DomainError } from '#kernel';
import { CurrentPrincipal, Permission, type Principal } from '#platform/auth';
import { receiveMultipart } from '#platform/http';
import { ObjectStore } from '#platform/storage';
import { Holders } from '../keys/holders.js';
import { MultipartBody } from '../multipart-body.decorator.js';
import { permissions } from '../permissions.js';
import { maxImageBytes, SignatureImages } from './signature-images.js';

const holderKinds = { person: 'PERSON', agency: 'AGENCY' } as const;

const holderKind = new ParseEnumPipe(
  { person: 'person', agency: 'agency' },
  { exceptionFactory: () => new DomainError('not-found') },
);

@ApiTags('signature images')
@Controller('api/signing/v1/signature-images')
export class SignatureImagesController {
  constructor(
    private readonly images: SignatureImages,
    private readonly holders: Holders,
    private readonly objects: ObjectStore,
  ) {}

  @Put(':holder')
  @HttpCode(204)
  @Permission(permissions.ownKeys)
  @ApiOperation({ summary: 'PNG with a transparent background: the handwritten signature, or the seal at real size' })
  // Its type is a union of names, of which nothing is left at run time for the document to find.
  @ApiParam({ name: 'holder', enum: Object.keys(holderKinds) })
  @MultipartBody('image/png')
  @ApiNoContentResponse()
  async put(
    @Param('holder', holderKind) holder: keyof typeof holderKinds,
    @Req() request: FastifyRequest,
    @CurrentPrincipal() principal: Principal,
  ): Promise<void> {
    const upload = await receiveMultipart(request, { maxBytes: maxImageBytes });
    const file = await this.objects.receive(upload.file.stream, { maxBytes: maxImageBytes });
    try {
      await upload.finish();
      await this.images.put(await this.holders.of(principal, holderKinds[holder]), await readFile(file.path));
    } finally {
      await file.discard();
    }
  }
}
