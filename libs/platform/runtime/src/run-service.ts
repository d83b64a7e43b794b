import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { auditPersistence } from '#platform/audit';
import { AuthApiModule, authPersistence } from '#platform/auth';
import { loadSettings } from '#platform/config';
import { createHttpAdapter, HealthRegistry, httpPersistence, serveApiDocuments } from '#platform/http';
import { createLogger, type Logger, NestLogger, startMetricsServer } from '#platform/observability';
import { createDataSource, type PersistencePart } from '#platform/persistence';
import { QueueHealth, queuePersistence } from '#platform/queue';
import { ObjectStore, storagePersistence } from '#platform/storage';
import type { DataSource } from 'typeorm';
import { prepareDatabase } from './database.js';
import { freePort } from './free-port.js';
import { provisionSecrets, type ProvisionedSettings } from './provision-secrets.js';
import { RootModule } from './root.module.js';
import type { ServiceDefinition } from './service-definition.js';
import { stopOnSignals } from './stop-on-signals.js';
import { UndoStack } from './undo-stack.js';

export interface RunningService {
  /** For tests and tools: `app.get(...)`. */
  readonly app: INestApplicationContext;
  /** Where it listens, e.g. `http://127.0.0.1:3000`. */
  readonly url: string;
  /** Stops accepting, drains the workers, closes what was opened, stops the embedded database. Idempotent. */
  stop(): Promise<void>;
}

const authApi = {
  name: 'auth',
  title: 'Khoso: đăng nhập / sign-in',
  description: 'Sessions of people and access tokens of procedure systems. Every service answers these.',
  module: AuthApiModule,
};
const version = 'v1';
// Longer than a request that is not an upload; a live stream is cut then.
const drainMs = 10_000;

/** Everything these services keep in the database, the platform's own tables included; for migrating apart from a start. */
export const partsOf = (services: readonly ServiceDefinition[]): PersistencePart[] => [
  ...new Set([
    authPersistence,
    httpPersistence,
    auditPersistence,
    queuePersistence,
    storagePersistence,
    ...services.flatMap((service) => service.persistence),
  ]),
];

/** With port 0 the address is only known once a port was found, and the public address with it. */
const settle = async (env: NodeJS.ProcessEnv) => {
  const settings = loadSettings(env);
  if (settings.port !== 0) return settings;
  const port = await freePort(settings.host);
  return loadSettings({ ...env, PORT: String(port) });
};

const registerChecks = (app: INestApplicationContext, health: HealthRegistry, dataSource: DataSource): void => {
  const store = app.get(ObjectStore, { strict: false });
  const queue = app.get(QueueHealth, { strict: false });
  health.register('database', async () => void (await dataSource.query('SELECT 1')));
  health.register('objects', () => store.ping());
  health.register('queue', () => queue.ping());
};

const createApp = async (
  services: readonly ServiceDefinition[],
  root: ReturnType<typeof RootModule.forRoot>,
  tools: {
    readonly settings: ProvisionedSettings;
    readonly logger: Logger;
    readonly health: HealthRegistry;
    readonly processName: string;
  },
  undo: UndoStack,
): Promise<INestApplicationContext> => {
  const { settings, health } = tools;
  const nestLogger = new NestLogger(tools.logger);
  const adapter = await createHttpAdapter(tools);
  const fastify = adapter.getInstance();
  const endStreams = () => setTimeout(() => fastify.server.closeAllConnections(), drainMs).unref();

  if (settings.role === 'worker') {
    // Without the HTTP side of Nest no route of any controller exists; the health routes stand on Fastify alone.
    const context = await NestFactory.createApplicationContext(root, { logger: nestLogger, abortOnError: false });
    undo.push('application', () => context.close());
    undo.push('health server', () => fastify.close());
    await fastify.listen({ host: settings.host, port: settings.port });
    return context;
  }

  const app = await NestFactory.create<NestFastifyApplication>(root, adapter, {
    logger: nestLogger,
    abortOnError: false,
  });
  undo.push('application', async () => {
    const timer = endStreams();
    await app.close();
    clearTimeout(timer);
  });
  serveApiDocuments(app, [...services, authApi], { publicUrl: settings.publicUrl, version });
  await app.init();
  await app.listen(settings.port, settings.host);
  undo.push('readiness', async () => health.stopping());
  return app;
};

/**
 * Runs one service, or several in one process. Loads the settings, starts or finds the database and brings it up to
 * date, builds the application, starts its workers unless ROLE is `api`, and mounts routes unless ROLE is `worker`.
 * Refuses to start on bad settings or on a job with no handler or two; what was opened until then is closed again.
 * @param options.env in place of process.env; then the process's signals are left to the caller
 * @throws SettingsError; Error of the part that could not start
 */
export const runService = async (
  services: readonly ServiceDefinition[],
  options: { readonly env?: NodeJS.ProcessEnv } = {},
): Promise<RunningService> => {
  const undo = new UndoStack();
  const processName = services.length === 1 && services[0] ? services[0].name : 'standalone';
  const loaded = await settle(options.env ?? process.env);
  const logger = createLogger({ level: loaded.logLevel, service: processName });
  try {
    const settings = await provisionSecrets(loaded);
    const parts = partsOf(services);
    const database = await prepareDatabase(settings, parts);
    undo.push('database', () => database.stop());
    const dataSource = await createDataSource({
      url: database.url,
      parts,
      poolSize: settings.databasePoolSize,
      applicationName: `khoso-${processName}`,
    });
    undo.push('connections', async () => {
      if (dataSource.isInitialized) await dataSource.destroy();
    });
    if (settings.metricsPort !== 0) {
      const metrics = await startMetricsServer({ host: settings.host, port: settings.metricsPort });
      undo.push('metrics', () => metrics.stop());
    }
    const health = new HealthRegistry();
    const root = RootModule.forRoot({ services, settings, dataSource, databaseUrl: database.url, health });
    const app = await createApp(services, root, { settings, logger, health, processName }, undo);
    registerChecks(app, health, dataSource);
    health.started();
    const url = `http://${settings.host}:${settings.port}`;
    logger.info({ msg: 'started', url, role: settings.role, developmentMode: settings.developmentMode });
    const stop = () => undo.run(logger);
    if (!options.env) stopOnSignals(stop, logger);
    return { app, url, stop };
  } catch (error) {
    logger.fatal({ msg: 'could not start', err: error });
    await undo.run(logger);
    throw error;
  }
};
