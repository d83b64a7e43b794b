import type { INestApplication, Type } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { describeRoutes } from './describe-routes.js';
import { problemSchema } from './problem-schema.js';

export interface ApiDescription {
  /** In the address: `/api/<name>/openapi.json` and `/api/<name>/docs`. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** Its controllers, and those of the modules it imports, are described. */
  readonly module: Type;
}

const problemContent = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };

/** Every operation answers with a problem document unless it says otherwise; said once here instead of on every handler. */
const addProblems = (document: OpenAPIObject): OpenAPIObject => {
  document.components = {
    ...document.components,
    schemas: { ...document.components?.schemas, Problem: problemSchema },
  };
  for (const path of Object.values(document.paths)) {
    for (const operation of [path.get, path.post, path.put, path.patch, path.delete]) {
      if (operation)
        operation.responses['default'] ??= {
          description: 'What went wrong and what to do (RFC 9457)',
          content: problemContent,
        };
    }
  }
  return document;
};

/** Builds the OpenAPI 3.1 document of one service from its routes. */
export const createApiDocument = (
  app: INestApplication,
  api: ApiDescription,
  server: { readonly publicUrl: string; readonly version: string },
): OpenAPIObject => {
  describeRoutes(app);
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle(api.title)
    .setDescription(api.description)
    .setVersion(server.version)
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addServer(server.publicUrl)
    .addSecurity('account', {
      type: 'http',
      scheme: 'bearer',
      bearerFormat: 'JWT',
      description: 'Token of a person, from POST /api/auth/v1/sessions',
    })
    .addSecurity('client', {
      type: 'oauth2',
      description: 'Token of a procedure system (private_key_jwt or client_secret_basic)',
      flows: { clientCredentials: { tokenUrl: `${server.publicUrl}/oauth/token`, scopes: {} } },
    })
    .build();
  return addProblems(SwaggerModule.createDocument(app, config, { include: [api.module], deepScanRoutes: true }));
};

/** Serves each service's document and a Swagger UI over it. */
export const serveApiDocuments = (
  app: INestApplication,
  apis: readonly ApiDescription[],
  server: { readonly publicUrl: string; readonly version: string },
): void => {
  for (const api of apis) {
    SwaggerModule.setup(`api/${api.name}/docs`, app, createApiDocument(app, api, server), {
      jsonDocumentUrl: `api/${api.name}/openapi.json`,
      raw: ['json'],
      customSiteTitle: api.title,
    });
  }
};
