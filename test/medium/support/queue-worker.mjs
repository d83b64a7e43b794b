// A worker process of its own, from the build, for tests that kill it. Arguments: databaseUrl, redisUrl or ''.
// Prints a line when a job has begun; jobs whose payload says `hang` never end.
import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { createDataSource, PersistenceModule } from '#platform/persistence';
import { HandlesJob, QueueModule, queuePersistence } from '#platform/queue';

const [databaseUrl, redisUrl] = process.argv.slice(2);
const definition = { name: 'yard.load-cart', queue: 'yard', attempts: 2, backoffMs: 50, timeoutMs: 60_000 };

class LoadCart {
  definition = definition;

  async handle({ cart, hang }) {
    process.stdout.write(`begun ${cart}\n`);
    if (hang) await new Promise(() => setInterval(() => undefined, 1000));
  }
}
HandlesJob()(LoadCart);

const dataSource = await createDataSource({ url: databaseUrl, parts: [queuePersistence] });
const key = new Uint8Array(32);
await NestFactory.createApplicationContext(
  {
    module: class Root {},
    imports: [
      PersistenceModule.forRoot({ dataSource, identifierKeys: { index: key, encryption: key } }),
      QueueModule.forRoot({
        queues: ['yard'],
        jobs: [definition],
        backend: redisUrl ? 'redis' : 'postgres',
        connection: { databaseUrl, redisUrl: redisUrl || undefined },
        runWorkers: true,
        concurrency: 4,
      }),
    ],
    providers: [LoadCart],
  },
  { logger: ['error'] },
);
process.stdout.write('ready\n');
