import { OcrEngine, TesseractJsEngine } from '#engines/digitisation';
import { Settings } from '#platform/config';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';

/** One engine per process; its reader processes start with the first page and end with the application. */
export const ocrEngineProvider = {
  provide: OcrEngine,
  useFactory: ({ ocrWorkers, ocrPageTimeoutMs }: Settings): OcrEngine =>
    new TesseractJsEngine({ workers: ocrWorkers, pageTimeoutMs: ocrPageTimeoutMs }),
  inject: [Settings],
};

/** Closes the engine after the workers have stopped, so that no page fails for it. */
@Injectable()
export class OcrEngineLifecycle implements OnApplicationShutdown {
  constructor(private readonly engine: OcrEngine) {}

  async onApplicationShutdown(): Promise<void> {
    await this.engine.close();
  }
}
