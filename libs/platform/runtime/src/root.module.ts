import { type DynamicModule, Module } from '@nestjs/common';
import { Clock, SystemClock } from '#kernel';
import { AuditModule } from '#platform/audit';
import { AuthApiModule, AuthModule } from '#platform/auth';
import { Settings } from '#platform/config';
import { type HealthRegistry, HttpModule } from '#platform/http';
import { PersistenceModule } from '#platform/persistence';
import { QueueModule } from '#platform/queue';
import { StorageModule } from '#platform/storage';
import type { DataSource } from 'typeorm';
import type { ProvisionedSettings } from './provision-secrets.js';
import type { ServiceDefinition } from './service-definition.js';

@Module({})
class EnvironmentModule {
  static forRoot(settings: Settings): DynamicModule {
    return {
      module: EnvironmentModule,
      global: true,
      providers: [
        { provide: Settings, useValue: settings },
        { provide: Clock, useClass: SystemClock },
      ],
      exports: [Settings, Clock],
    };
  }
}

/** The platform once, and the services of this process. */
@Module({})
export class RootModule {
  static forRoot(options: {
    readonly services: readonly ServiceDefinition[];
    readonly settings: ProvisionedSettings;
    readonly dataSource: DataSource;
    readonly databaseUrl: string;
    readonly health: HealthRegistry;
  }): DynamicModule {
    const { services, settings, dataSource, databaseUrl, health } = options;
    return {
      module: RootModule,
      imports: [
        EnvironmentModule.forRoot(settings),
        PersistenceModule.forRoot({
          dataSource,
          identifierKeys: {
            index: Buffer.from(settings.identifierIndexKey, 'hex'),
            encryption: Buffer.from(settings.identifierEncryptionKey, 'hex'),
          },
        }),
        AuditModule,
        StorageModule.forRoot(settings),
        QueueModule.forRoot({
          queues: services.map((service) => service.name),
          jobs: services.flatMap((service) => service.jobs),
          backend: settings.queueBackend,
          connection: { databaseUrl, redisUrl: settings.redisUrl },
          runWorkers: settings.role !== 'api',
          concurrency: settings.jobConcurrency,
        }),
        HttpModule.forRoot({ health }),
        AuthModule,
        AuthApiModule,
        ...services.map((service) => service.module),
      ],
    };
  }
}
