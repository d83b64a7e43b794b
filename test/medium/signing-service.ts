import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PDFDocument } from '@cantoo/pdf-lib';
import pg from 'pg';
import { type RunningService, runService } from '#platform/runtime';
import { createTestDatabase } from '#testing';
import { signingService } from '../../apps/signing/src/signing.module.js';
import { serviceEnvironment } from './service-environment.js';

export const base = '/api/signing/v1';

export type Username = 'canbo' | 'canbo2' | 'lanhdao' | 'vanthu' | 'giamsat' | 'congdan';

/** `at` reads a member of the JSON body by its path, e.g. `signatures.0.verdict`. */
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

/** The sample draft as its description lays it out. */
export const sampleDraft = async () => {
  const folder = 'config/samples/drafts';
  const { file, title, documentTypeCode, symbol, subject, slots, numberSlot, dateSlots } = JSON.parse(
    await readFile(join(folder, 'quyet-dinh-dang-ky-thuong-tru.json'), 'utf8'),
  ) as Record<'file' | 'title' | 'documentTypeCode' | 'symbol', string> & {
    subject: object;
    slots: { signer: Record<'page' | 'x' | 'y' | 'width' | 'height', number> };
    numberSlot: object;
    dateSlots: object;
  };
  return {
    pdf: await readFile(join(folder, file)),
    fields: { title, documentTypeCode, symbol },
    subject,
    signerSlot: slots.signer,
    numberSlot,
    dateSlots,
  };
};

/** One A4 page with nothing on it. */
export const emptyDraft = async (change?: (pdf: PDFDocument) => void): Promise<Uint8Array> => {
  const pdf = await PDFDocument.create();
  pdf.addPage([595, 842]);
  change?.(pdf);
  return pdf.save({ useObjectStreams: false });
};

const decision = { title: 'Quyết định thử', documentTypeCode: 'GT.000002', symbol: 'QĐ-UBND' };

/**
 * The signing service as it runs in production, on its own database and folder, in development mode: with the
 * accounts, keys and images that a first start makes.
 * @param trusted PEM of further roots to be trusted
 * @param env further settings
 */
export const startSigning = async (trusted: readonly string[] = [], env: NodeJS.ProcessEnv = {}) => {
  const database = await createTestDatabase([]);
  const dataDir = await mkdtemp(join(tmpdir(), 'khoso-signing-'));
  const configDir = join(dataDir, 'config');
  for (const part of ['catalogue', 'development'])
    await cp(join('config', part), join(configDir, part), { recursive: true });
  await mkdir(join(configDir, 'trust'));
  for (const [index, pem] of trusted.entries()) await writeFile(join(configDir, 'trust', `root-${index}.pem`), pem);
  const { env: settings } = serviceEnvironment(database, dataDir, {
    CONFIG_DIR: configDir,
    DEVELOPMENT_MODE: 'true',
    ...env,
  });
  const service: RunningService = await runService([signingService], { env: settings });
  const logins = JSON.parse(await readFile(join(dataDir, 'secrets/development-logins.json'), 'utf8')) as {
    accounts: { username: string; password: string }[];
  };

  const signIn = async (username: Username) => {
    const password = logins.accounts.find((account) => account.username === username)?.password;
    const session = await answerOf(
      await fetch(`${service.url}/api/auth/v1/sessions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ username, password }),
      }),
    );
    const authorization = `Bearer ${String(session.at('accessToken'))}`;
    const call = async (method: string, path: string, init: RequestInit = {}): Promise<Answer> =>
      answerOf(
        await fetch(service.url + base + path, {
          ...init,
          method,
          headers: { authorization, ...(init.headers as Record<string, string>) },
        }),
      );
    const form = (fields: Readonly<Record<string, string>>, file: Uint8Array): FormData => {
      const data = new FormData();
      for (const [name, value] of Object.entries(fields)) data.append(name, value);
      data.append('file', new Blob([new Uint8Array(file)]), 'tep.bin');
      return data;
    };
    return {
      id: String(session.at('account.id')),
      name: String(session.at('account.name')),
      get: (path: string) => call('GET', path),
      post: (path: string, body?: object) =>
        call('POST', path, body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      /** The body as it is, said to be JSON. */
      postText: (path: string, body: string) =>
        call('POST', path, { body, headers: { 'content-type': 'application/json' } }),
      upload: (
        path: string,
        fields: Readonly<Record<string, string>>,
        file: Uint8Array,
        options: { method?: string; headers?: Record<string, string> } = {},
      ) => call(options.method ?? 'POST', path, { body: form(fields, file), headers: options.headers }),
    };
  };
  const people = {
    officer: await signIn('canbo'),
    strangeOfficer: await signIn('canbo2'),
    signer: await signIn('lanhdao'),
    clerk: await signIn('vanthu'),
    supervisor: await signIn('giamsat'),
    citizen: await signIn('congdan'),
  };

  const sql = async (statement: string, values: unknown[] = []): Promise<Record<string, unknown>[]> => {
    const client = new pg.Client({ connectionString: database.superuserUrl });
    await client.connect();
    try {
      return (await client.query(statement, values)).rows as Record<string, unknown>[];
    } finally {
      await client.end();
    }
  };

  return {
    ...people,
    signIn,
    url: service.url,
    app: service.app,
    dataDir,
    sql,
    get: <T>(token: abstract new (...dependencies: never[]) => T): T => service.app.get(token, { strict: false }),
    /** PEM of the development root. */
    rootFile: join(dataDir, 'keys/development/root.pem'),

    /** A request in the signer's inbox; the answer, whatever it is. */
    draft: (
      pdf: Uint8Array,
      fields: Readonly<Record<string, string>> = {},
      options: { headers?: Record<string, string> } = {},
    ) => people.officer.upload('/requests', { ...decision, signerId: people.signer.id, ...fields }, pdf, options),

    /** A document that the authorised person and the agency have signed; its id. */
    async sealed(): Promise<string> {
      const id = String((await this.draft(await emptyDraft())).at('id'));
      await people.signer.post(`/requests/${id}/signature`);
      const answer = await people.clerk.post(`/requests/${id}/agency-signature`);
      if (answer.at('state') !== 'SEALED') throw new Error(JSON.stringify(answer.json));
      return id;
    },

    async audit(event: string): Promise<Record<string, unknown>[]> {
      return sql('SELECT * FROM audit.entry WHERE event = $1', [event]);
    },

    /** Asks until there is an answer; the test's own limit ends a wait for nothing. */
    async eventually(statement: string, values: unknown[]): Promise<Record<string, unknown>[]> {
      for (;;) {
        const rows = await sql(statement, values);
        if (rows.length > 0) return rows;
        await sleep(100);
      }
    },

    async stop(): Promise<void> {
      await service.stop();
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
};

export type Signing = Awaited<ReturnType<typeof startSigning>>;
