import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { Dossiers, type Dossier } from '#domain/dossiers';
import { type DocumentRecord, type Owner, type OwnerIdentifier, Owners, Records } from '#domain/records';
import { vietnamDate } from '#kernel';
import { Accounts, Clients, type NewAccount } from '#platform/auth';
import { ObjectStore } from '#platform/storage';
import { runService } from '#platform/runtime';
import { createTestDatabase } from '#testing';
import { reuseService } from '../../apps/reuse/src/reuse.module.js';
import { serviceEnvironment } from './service-environment.js';

export const ward = 'H27.05.12';
export const otherCommune = 'H27.06.03';
/** Registration of permanent residence: TP-01 birth certificate, TP-02 marriage, TP-03 residence. */
export const procedureCode = '1.004222';
export const an = { kind: 'PERSON_PIN', value: '042090000123' } as const;
export const binh = { kind: 'PERSON_PIN', value: '042190000456' } as const;
export const khoi = { kind: 'PERSON_PIN', value: '042219000789' } as const;

/** What the service answered. `at` reads a member of the JSON body by its path, e.g. `components.0.decision`. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Buffer;
  readonly text: string;
  at(path: string): unknown;
}

/** A caller of the API with a token. */
export type Caller = (
  method: 'GET' | 'POST',
  path: string,
  body?: object,
  headers?: Record<string, string>,
) => Promise<Answer>;

const password = 'Kho-So-2026!';

/** The reuse service as it runs in production, on its own database and folder, with callers and papers made to order. */
export const startReuseService = async (env: NodeJS.ProcessEnv = {}) => {
  const database = await createTestDatabase([]);
  const dataDir = await mkdtemp(join(tmpdir(), 'khoso-reuse-'));
  const { env: settings, tokenSigningKey } = serviceEnvironment(database, dataDir, env);
  const service = await runService([reuseService], { env: settings });
  const get = <T>(token: abstract new (...dependencies: never[]) => T): T => service.app.get(token, { strict: false });
  const [owners, records, dossiers, objects] = [get(Owners), get(Records), get(Dossiers), get(ObjectStore)];

  const call = async (
    token: string | undefined,
    ...[method, path, body, headers]: Parameters<Caller>
  ): Promise<Answer> => {
    const response = await fetch(`${service.url}${path.startsWith('/') ? path : `/api/reuse/v1/${path}`}`, {
      method,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    const json: unknown = isJson && bytes.length > 0 ? JSON.parse(bytes.toString()) : undefined;
    return {
      status: response.status,
      headers: response.headers,
      bytes,
      text: bytes.toString(),
      at: (member) =>
        member
          .split('.')
          .reduce((value: unknown, name) => (value as Record<string, unknown> | undefined)?.[name], json),
    };
  };
  const holding =
    (token: string | undefined): Caller =>
    (...request) =>
      call(token, ...request);

  return {
    ...{ app: service.app, owners, records, dossiers, objects, dataDir, tokenSigningKey },
    anonymous: holding(undefined),
    holding,

    /** A procedure system; every call names the official it acts for. */
    async system(id: string, agencyCode: string): Promise<Caller> {
      const scopes = ['reuse.catalogue', 'reuse.query', 'reuse.read', 'reuse.lifecycle'];
      const { secret } = await get(Clients).create({ id, name: id, agencyCode, scopes });
      const response = await fetch(`${service.url}/oauth/token`, {
        method: 'POST',
        headers: { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` },
        body: new URLSearchParams({ grant_type: 'client_credentials' }),
      });
      const { access_token: token } = (await response.json()) as { access_token: string };
      return (method, path, body, headers) => call(token, method, path, body, { 'x-actor': 'cb-0042', ...headers });
    },

    async person(account: Omit<NewAccount, 'password'>): Promise<Caller> {
      await get(Accounts).create({ ...account, password, mustChangePassword: false });
      const session = await call(undefined, 'POST', '/api/auth/v1/sessions', { username: account.username, password });
      return holding(String(session.at('accessToken')));
    },

    owner: (identifier: OwnerIdentifier, name: string): Promise<Owner> => owners.resolve(identifier, { name }),

    /** An electronic original on file, issued, sealed and returned. */
    async paper(
      owner: Owner,
      typeCode: string,
      paper: { number?: string; issuedOn?: string; parentId?: string; bytes?: Buffer } = {},
    ): Promise<DocumentRecord & { readonly content: Buffer }> {
      const content = paper.bytes ?? Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(20_000)]);
      const { sha256, bytes } = await objects.put(content);
      const number = paper.number ?? `${randomBytes(3).readUIntBE(0, 3)}`;
      const value = (key: string, text: string) => ({ key, value: text, source: 'ISSUER' as const, confidence: 1 });
      const signedAt = new Date().toISOString();
      const document = await records.issue(
        {
          typeCode,
          name: 'Giấy tờ',
          kind: 'result',
          submissionForm: 'E_ORIGINAL',
          custodianAgencyCode: ward,
          owners: [
            { ownerId: owner.id, role: 'owner' },
            ...(paper.parentId === undefined ? [] : [{ ownerId: paper.parentId, role: 'parent' as const }]),
          ],
          version: {
            sha256,
            bytes,
            pages: 1,
            signature: {
              verdict: 'VALID',
              checkedAt: new Date(),
              signers: [
                { name: 'Phạm Quốc Dũng', role: 'person', signedAt },
                { name: 'UBND phường Thành Sen', role: 'agency', signedAt },
              ],
            },
          },
        },
        {
          confirmedBy: { accountId: 'a-1', name: 'Lê Thị Hoa' },
          fields: [
            value('maLoaiGiayTo', typeCode),
            value('tenGiayTo', 'Giấy khai sinh'),
            value('soKyHieu', `${number}/KS`),
            value('ngayCap', paper.issuedOn ?? '2026-10-01'),
            value('coQuanCap', 'Ủy ban nhân dân phường Thành Sen'),
            value('trichYeu', 'Giấy khai sinh'),
          ],
          permanent: true,
          code: { kind: 'result', resultTypeCode: typeCode, numberSymbol: `${number}/KS` },
          returned: true,
        },
      );
      return { ...document, content };
    },

    dossier: (owner: Owner, agencyCode = ward, procedure = procedureCode): Promise<Dossier> =>
      dossiers.open({
        procedureCode: procedure,
        ownerId: owner.id,
        agencyCode,
        officerId: 'a-1',
        receivedOn: vietnamDate(new Date()),
      }),

    /** Runs a statement as the superuser: what an attacker or a broken disk would do. */
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

export type ReuseService = Awaited<ReturnType<typeof startReuseService>>;

export const contextOf = (dossier: Dossier, changes: object = {}): object => ({
  dossierCode: dossier.code,
  procedureCode,
  purposeCode: 'TTHC_INTAKE',
  legalBasis: { code: 'STATE_DUTY', article: 'Nghị định 118/2025/NĐ-CP, Điều 9' },
  actor: { id: 'cb-0042', name: 'Lê Thị Hoa', agencyCode: ward },
  ...changes,
});

export const person = (identifier: OwnerIdentifier): object => ({ kind: 'person', personalId: identifier.value });

/** Waits for work of the queue: asks again until the answer is there, and lets the test's own limit end a wait for nothing. */
export const eventually = async <T>(ask: () => Promise<T | undefined>): Promise<T> => {
  for (;;) {
    const found = await ask();
    if (found !== undefined) return found;
    await sleep(50);
  }
};
