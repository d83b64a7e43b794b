import { PATH_METADATA, METHOD_METADATA } from '@nestjs/common/constants.js';
import { type INestApplication, RequestMethod } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { PERMISSION, type PermissionRule, publicRoute, routesWithoutPermission } from '#platform/auth';
import type { Caller } from './support/api.js';
import { embedded, type Server } from './support/server.js';

jest.setTimeout(120_000);

interface Route {
  readonly method: string;
  /** As in the OpenAPI document: `/api/reuse/v1/grants/{grantId}`. */
  readonly path: string;
  readonly rule: PermissionRule;
}

interface Operation {
  readonly security?: readonly object[];
  readonly 'x-permission'?: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly schema?: object }[];
}

type ApiDocument = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
} & Record<string, unknown>;

const documents = ['ingestion', 'signing', 'reuse', 'auth'] as const;
const people = ['canbo', 'lanhdao', 'vanthu', 'giamsat', 'quantri', 'congdan'] as const;
const someId = '01a20931-cce1-7315-aa88-6208b739f4dd';

/** All routes of all controllers, whether a document tells of them or not. */
const routesOf = (server: Server): Route[] => {
  const scanner = new MetadataScanner();
  return server
    .get(DiscoveryService)
    .getControllers()
    .flatMap(({ metatype }) => {
      const controller = metatype as (new () => object) | null;
      if (!controller) return [];
      const prototype = controller.prototype as Record<string, object>;
      const base = String(Reflect.getMetadata(PATH_METADATA, controller));
      return scanner.getAllMethodNames(prototype).flatMap((name) => {
        const handler = prototype[name] ?? {};
        const method = Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined;
        if (method === undefined) return [];
        const path = `/${base}/${String(Reflect.getMetadata(PATH_METADATA, handler))}`.replace(/\/+/g, '/');
        return [
          {
            method: RequestMethod[method] ?? '',
            path: path.replace(/(.)\/$/, '$1').replace(/:(\w+)/g, '{$1}'),
            rule: (Reflect.getMetadata(PERMISSION, handler) ??
              Reflect.getMetadata(PERMISSION, controller)) as PermissionRule,
          },
        ];
      });
    });
};

describe('who may call what', () => {
  let server: Server;
  let routes: Route[];
  const described = new Map<string, ApiDocument>();

  beforeAll(async () => {
    server = await embedded.start();
    routes = routesOf(server);
    for (const name of documents) {
      described.set(name, (await server.stranger.get(`/api/${name}/openapi.json`)).json as ApiDocument);
    }
  });
  afterAll(() => server?.stop());

  const operations = (): { route: string; operation: Operation }[] =>
    [...described.values()].flatMap(({ paths }) =>
      Object.entries(paths).flatMap(([path, item]) =>
        Object.entries(item).map(([method, operation]) => ({ route: `${method.toUpperCase()} ${path}`, operation })),
      ),
    );
  const nameOf = ({ method, path }: Route): string => `${method} ${path}`;
  const isPublic = ({ rule }: Route): boolean => rule.name === publicRoute.name;
  const ask = (caller: Caller, { method, path }: Route) =>
    caller.send(method, path.replace(/\{\w+\}/g, someId), { 'content-type': 'application/json' }, bodyFor(method));
  const bodyFor = (method: string): string | undefined => (method === 'GET' ? undefined : '{}');

  it('is said by every route', () => {
    expect(routesWithoutPermission(server.app as INestApplication)).toEqual([]);
    expect(routes.length).toBeGreaterThan(40);
  });

  it('stands in the API documents: each route once, with its permission and the parts of its address', () => {
    const told = operations().map(({ route }) => route);
    expect(told.sort()).toEqual(routes.map(nameOf).sort());
    const permissions = Object.fromEntries(
      operations().map(({ route, operation }) => [route, operation['x-permission'] ?? publicRoute.name]),
    );
    for (const route of routes) {
      expect([nameOf(route), permissions[nameOf(route)]]).toEqual([nameOf(route), route.rule.name]);
    }
    for (const { route, operation } of operations()) {
      const declared = (operation.parameters ?? []).filter((each) => each.in === 'path').map(({ name }) => `{${name}}`);
      expect([route, declared.sort()]).toEqual([route, (route.match(/\{\w+\}/g) ?? []).sort()]);
    }
  });

  it('leaves nothing open to strangers but signing in', async () => {
    expect(routes.filter(isPublic).map(nameOf).sort()).toEqual(['POST /api/auth/v1/sessions', 'POST /oauth/token']);
    for (const route of routes.filter((each) => !isPublic(each))) {
      const answer = await ask(server.stranger, route);
      expect([nameOf(route), answer.status, answer.at('code')]).toEqual([nameOf(route), 401, 'unauthenticated']);
      expect(answer.headers.get('www-authenticate')).toContain('Bearer');
    }
  });

  it.each(people)('closes to %s every route that the role does not have', async (username) => {
    const { roles } = server.logins.accounts.find((account) => account.username === username)!;
    const closed = routes.filter(
      (route) => !isPublic(route) && !route.rule.roles?.some((role) => (roles as readonly string[]).includes(role)),
    );
    expect(closed.length).toBeGreaterThan(0);
    const caller = await server.as(username);
    for (const route of closed) {
      const answer = await ask(caller, route);
      expect([nameOf(route), answer.status, answer.at('code')]).toEqual([nameOf(route), 403, 'permission-denied']);
    }
  });

  it('closes to a procedure system every route outside its scopes', async () => {
    const scopes = ['reuse.catalogue', 'reuse.query', 'reuse.read', 'reuse.lifecycle'];
    const closed = routes.filter(
      (route) => !isPublic(route) && !route.rule.scopes?.some((scope) => scopes.includes(scope)),
    );
    expect(closed.map(nameOf)).toEqual(
      expect.arrayContaining(['GET /api/reuse/v1/me/documents', 'POST /api/reuse/v1/audit/verify']),
    );
    const system = await server.system();
    for (const route of closed) {
      const answer = await ask(system, route);
      expect([nameOf(route), answer.status, answer.at('code')]).toEqual([nameOf(route), 403, 'permission-denied']);
    }
  });

  it.each(documents)('is written down for %s as valid OpenAPI 3.1', async (name) => {
    const document = described.get(name)!;
    expect(document['openapi']).toBe('3.1.0');
    const { valid, errors } = await new Validator().validate(document);
    expect([errors ?? [], valid]).toEqual([[], true]);
  });

  it('never needs a personal number in an address (FR-86)', () => {
    const inAddress = operations().flatMap(({ operation }) =>
      (operation.parameters ?? []).filter((parameter) => parameter.in === 'path' || parameter.in === 'query'),
    );
    expect([...new Set(inAddress.map(({ name }) => name))].sort()).toEqual([
      'asOf',
      'attachmentId',
      'componentId',
      'cursor',
      'documentId',
      'dossierCode',
      'from',
      'grantId',
      'holder',
      'id',
      'limit',
      'noticeId',
      'page',
      'procedureCode',
      'state',
      'status',
      'to',
    ]);
  });
});
