import { type DynamicModule, Module } from '@nestjs/common';
import { Metrics } from './metrics.js';

/** Gives everyone the process's `Metrics`. Logging needs no module: `new Logger(Name)` of @nestjs/common. */
@Module({})
export class ObservabilityModule {
  static forRoot({ metrics }: { readonly metrics: Metrics }): DynamicModule {
    return {
      module: ObservabilityModule,
      global: true,
      providers: [{ provide: Metrics, useValue: metrics }],
      exports: [Metrics],
    };
  }
}
