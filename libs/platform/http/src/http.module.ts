import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { HealthRegistry } from './health/health-registry.js';
import { IdempotencyInterceptor } from './idempotency/idempotency.interceptor.js';
import { IdempotencyStore } from './idempotency/idempotency-store.js';
import { ProblemFilter } from './problems/problem.filter.js';
import { createValidationPipe } from './validation/validate-dto.js';

/** What every route gets: validation, idempotency keys, problem documents. Needs Settings and persistence. */
@Module({})
export class HttpModule {
  static forRoot({ health }: { readonly health: HealthRegistry }): DynamicModule {
    return {
      module: HttpModule,
      global: true,
      providers: [
        { provide: HealthRegistry, useValue: health },
        IdempotencyStore,
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_PIPE, useFactory: createValidationPipe },
        { provide: APP_INTERCEPTOR, useClass: IdempotencyInterceptor },
      ],
      exports: [HealthRegistry],
    };
  }
}
