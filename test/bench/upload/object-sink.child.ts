// A program of its own, started by upload.bench.ts: what every upload of the product goes through, and nothing else.
import { Controller, Module, Post, Req } from '@nestjs/common';
import { Permission } from '#platform/auth';
import { Settings } from '#platform/config';
import { receiveMultipart } from '#platform/http';
import { runService } from '#platform/runtime';
import { ObjectStore, type StoredObject } from '#platform/storage';
import type { FastifyRequest } from 'fastify';

@Controller('api/ingestion/v1/objects')
class ObjectSinkController {
  constructor(
    private readonly store: ObjectStore,
    private readonly settings: Settings,
  ) {}

  @Post()
  @Permission({ name: 'bench.upload', roles: ['officer'] })
  async upload(@Req() request: FastifyRequest): Promise<StoredObject> {
    const maxBytes = this.settings.uploadMaxBytes;
    const upload = await receiveMultipart(request, { maxBytes });
    const file = await this.store.receive(upload.file.stream, { maxBytes });
    await upload.finish();
    return this.store.accept(file);
  }
}

@Module({ controllers: [ObjectSinkController] })
class ObjectSinkModule {}

await runService([
  {
    name: 'ingestion',
    title: 'Object sink',
    description: 'Receives files into the object store',
    module: ObjectSinkModule,
    persistence: [],
    jobs: [],
  },
]);
