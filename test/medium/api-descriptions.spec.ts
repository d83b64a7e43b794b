import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { errorCatalogue } from '#kernel';
import { type RunningService, runService } from '#platform/runtime';
import { createTestDatabase, type TestDatabase } from '#testing';
import { ingestionService } from '../../apps/ingestion/src/ingestion.module.js';
import { reuseService } from '../../apps/reuse/src/reuse.module.js';
import { signingService } from '../../apps/signing/src/signing.module.js';
import { serviceEnvironment } from './service-environment.js';

interface Operation {
  readonly summary?: string;
  readonly responses: Readonly<Record<string, { readonly description?: string; readonly content?: object }>>;
}

interface Description {
  readonly info: { readonly title: string; readonly description: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<
      Record<string, { readonly properties?: Readonly<Record<string, { readonly enum?: readonly string[] }>> }>
    >;
  };
}

let database: TestDatabase;
let dataDir: string;
let service: RunningService;

beforeAll(async () => {
  database = await createTestDatabase([]);
  dataDir = await mkdtemp(join(tmpdir(), 'khoso-api-'));
  service = await runService([ingestionService, signingService, reuseService], {
    env: serviceEnvironment(database, dataDir, { ROLE: 'api' }).env,
  });
});

afterAll(async () => {
  await service?.stop();
  await database.drop();
  await rm(dataDir, { recursive: true, force: true });
});

describe.each(['ingestion', 'signing', 'reuse', 'auth'])('the description of the %s API', (name) => {
  let description: Description;
  let operations: [string, Operation][];

  beforeAll(async () => {
    description = (await (await fetch(`${service.url}/api/${name}/openapi.json`)).json()) as Description;
    operations = Object.entries(description.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]): [string, Operation] => [`${method} ${path}`, operation]),
    );
  });

  /** The operations of which something does not hold. */
  const except = (holds: (operation: Operation) => boolean): string[] =>
    operations.filter(([, operation]) => !holds(operation)).map(([place]) => place);

  it('says what the API is for', () => {
    expect(description.info.title).toMatch(/\w{3}/);
    expect(description.info.description).toMatch(/\w+ \w+/);
    expect(operations.length).toBeGreaterThan(2);
  });

  it('says of each operation what it does and what it answers', () => {
    expect(except(({ summary }) => /\w+ \w+/.test(summary ?? ''))).toEqual([]);
    expect(except(({ responses }) => Object.keys(responses).some((status) => /^[23]/.test(status)))).toEqual([]);
  });

  it('says of each operation how it refuses: by a problem document', () => {
    // The token endpoint speaks OAuth, errors included (RFC 6749 s. 5.2).
    const problem = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
    expect(
      except(({ responses }) => JSON.stringify(responses['default']?.content) === JSON.stringify(problem)),
    ).toEqual(name === 'auth' ? ['post /oauth/token'] : []);
  });

  it('lists exactly the codes of the error catalogue', () => {
    const codes = description.components.schemas['Problem']?.properties?.['code']?.enum;
    expect(codes?.toSorted()).toEqual(Object.keys(errorCatalogue).toSorted());
  });
});
