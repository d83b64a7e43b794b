import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Module } from '@nestjs/common';
import pg from 'pg';
import { type EventDelivery, EventPublisher, EventsModule, signScanJob } from '#domain/events';
import { vietnamIso } from '#kernel';
import { Accounts, type NewAccount } from '#platform/auth';
import { HandlesJob, type JobHandler } from '#platform/queue';
import { runService, type ServiceDefinition } from '#platform/runtime';
import { ObjectStore } from '#platform/storage';
import { createTestDatabase } from '#testing';
import { ingestionService } from '../../apps/ingestion/src/ingestion.module.js';
import { signingService } from '../../apps/signing/src/signing.module.js';
import { serviceEnvironment } from './service-environment.js';

export const ward = 'H27.05.12';
export const otherCommune = 'H27.06.03';
const base = '/api/ingestion/v1';
const password = 'Kho-So-2026!';

type Delivery = EventDelivery<'vn.khoso.scan.signature-requested.v1'>;

/** Answers for the signing service where a test wants signatures refused: appends bytes as a signature does, or fails on demand. */
@HandlesJob()
class SigningStandIn implements JobHandler<Delivery> {
  static refuseWith: string | undefined;
  readonly definition = signScanJob;

  constructor(
    private readonly store: ObjectStore,
    private readonly events: EventPublisher,
  ) {}

  async handle({ data }: Delivery): Promise<void> {
    const { scanId, documentId, officerName } = data;
    if (SigningStandIn.refuseWith) {
      await this.events.publish('vn.khoso.scan.signature-failed.v1', { scanId, code: SigningStandIn.refuseWith });
      return;
    }
    const pdf = await this.store.read(data.sha256, { maxBytes: 64 * 2 ** 20 });
    const signed = await this.store.put(
      Buffer.concat([pdf, Buffer.from(`\n% signed by ${officerName} for ${scanId}\n`)]),
    );
    await this.events.publish('vn.khoso.scan.signed.v1', {
      scanId,
      documentId,
      ...signed,
      signer: officerName,
      signedAt: vietnamIso(new Date()),
      verdict: 'VALID',
    });
  }
}

/** What the next scans are answered with: an error code, or a signature. */
export const refuseSignaturesWith = (code: string | undefined): void => {
  SigningStandIn.refuseWith = code;
};

@Module({ imports: [EventsModule], providers: [SigningStandIn] })
class SigningStandInModule {}

const signingStandIn: ServiceDefinition = {
  name: 'signing',
  title: 'signing',
  description: 'stand-in',
  module: SigningStandInModule,
  persistence: [],
  jobs: [signScanJob],
};

/** `at` reads a member of the JSON body by its path, e.g. `components.0.decision`. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Buffer;
  readonly json: unknown;
  at(path: string): unknown;
}

const answerOf = async (response: Response): Promise<Answer> => {
  const bytes = Buffer.from(await response.arrayBuffer());
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  const json: unknown = isJson && bytes.length > 0 ? JSON.parse(bytes.toString()) : undefined;
  return {
    status: response.status,
    headers: response.headers,
    bytes,
    json,
    at: (path) =>
      path.split('.').reduce((value: unknown, name) => (value as Record<string, unknown> | undefined)?.[name], json),
  };
};

export type UploadFields = Readonly<Record<string, string>>;

/** A committed sample with its ground truth. */
export const sample = async (slug: string) => {
  const truth = JSON.parse(await readFile(`config/samples/${slug}.json`, 'utf8')) as {
    readonly file: string;
    readonly documentTypeCode: string;
    readonly pages: number;
    readonly fields: Readonly<Record<string, string>>;
  };
  return {
    ...truth,
    bytes: await readFile(join('config/samples', truth.file)),
    confirmed: Object.entries(truth.fields).map(([key, value]) => ({ key, value })),
  };
};

/**
 * Ingestion beside the signing service, as they run in one process on embedded defaults, on their own database and folder.
 * Development mode gives every officer a key.
 * @param options.signing `stand-in`: signatures can be refused with `refuseSignaturesWith`
 */
export const startIngestion = async (
  env: NodeJS.ProcessEnv = {},
  { signing = 'real' }: { readonly signing?: 'real' | 'stand-in' } = {},
) => {
  const services = [ingestionService, signing === 'real' ? signingService : signingStandIn];
  const database = await createTestDatabase([]);
  const dataDir = await mkdtemp(join(tmpdir(), 'khoso-ingestion-'));
  const { env: settings } = serviceEnvironment(database, dataDir, { DEVELOPMENT_MODE: 'true', ...env });
  const options = { env: settings };
  let service = await runService(services, options);
  const get = <T>(token: abstract new (...dependencies: never[]) => T): T => service.app.get(token, { strict: false });

  const callerWith = (token: string) => {
    const request = async (path: string, init: RequestInit): Promise<Response> =>
      fetch(`${service.url}${path.startsWith('/api') ? path : base + path}`, {
        ...init,
        headers: { authorization: `Bearer ${token}`, ...(init.headers as Record<string, string>) },
      });
    return {
      authorization: `Bearer ${token}`,
      get: async (path: string, headers: Record<string, string> = {}) => answerOf(await request(path, { headers })),
      post: async (path: string, body: object = {}, headers: Record<string, string> = {}) =>
        answerOf(
          await request(path, {
            method: 'POST',
            body: JSON.stringify(body),
            headers: { 'content-type': 'application/json', ...headers },
          }),
        ),
      upload: async (
        dossierId: string,
        componentId: string,
        fields: UploadFields,
        file: Uint8Array,
        headers: Record<string, string> = {},
      ) => {
        const form = new FormData();
        for (const [name, value] of Object.entries(fields)) form.append(name, value);
        form.append('file', new Blob([new Uint8Array(file)]), 'scan.bin');
        return answerOf(
          await request(`/dossiers/${dossierId}/components/${componentId}/scans`, {
            method: 'POST',
            body: form,
            headers,
          }),
        );
      },
      stream: async (path: string, headers: Record<string, string> = {}, signal?: AbortSignal) =>
        request(path, { headers, signal }),
    };
  };

  return {
    get app() {
      return service.app;
    },
    get url() {
      return service.url;
    },
    dataDir,
    get,

    async officer(username: string, agencyCode = ward, roles: NewAccount['roles'] = ['officer']) {
      const name = 'Lê Thị Hoa';
      await get(Accounts).create({ username, name, agencyCode, roles, password, mustChangePassword: false });
      const response = await fetch(`${service.url}/api/auth/v1/sessions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ username, password }),
      });
      const { accessToken } = (await response.json()) as { accessToken: string };
      return callerWith(accessToken);
    },

    /** The same database and folder, a new process as far as the service can tell. */
    async restart(): Promise<void> {
      await service.stop();
      service = await runService(services, options);
    },

    /** Runs a statement as the superuser: what an attacker or an auditor would do. */
    async sql(statement: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
      const client = new pg.Client({ connectionString: database.superuserUrl });
      await client.connect();
      try {
        return (await client.query(statement, values)).rows as Record<string, unknown>[];
      } finally {
        await client.end();
      }
    },

    async stop(): Promise<void> {
      await service.stop();
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
};

export type Ingestion = Awaited<ReturnType<typeof startIngestion>>;
export type Officer = Awaited<ReturnType<Ingestion['officer']>>;

/** Asks until the scan is in one of the states; the test's own limit ends a wait for nothing. */
export const scanIn = async (officer: Officer, scanId: string, ...states: string[]): Promise<Answer> => {
  for (;;) {
    const scan = await officer.get(`/scans/${scanId}`);
    if (states.includes(String(scan.at('state')))) return scan;
    await sleep(150);
  }
};

export const an = {
  kind: 'person',
  personalId: '042090000123',
  name: 'Nguyễn Văn An',
  birthDate: '1990-03-15',
  sex: 'male',
};
export const khoi = {
  kind: 'person',
  personalId: '042219000789',
  name: 'Nguyễn Minh Khôi',
  birthDate: '2019-06-05',
  sex: 'male',
};
export const songLa = { kind: 'business', businessCode: '3000000037', name: 'CÔNG TY TNHH SÔNG LA' };
