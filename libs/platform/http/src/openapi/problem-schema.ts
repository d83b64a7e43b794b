import type { OpenAPIObject } from '@nestjs/swagger';
import { errorCatalogue } from '#kernel';

type Schema = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>[string];

/** The problem document (RFC 9457) as JSON schema, with all our codes. */
export const problemSchema: Schema = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'instance', 'code', 'requestId'],
  properties: {
    type: { type: 'string', format: 'uri' },
    title: { type: 'string', description: 'The kind of problem, in Vietnamese or, by Accept-Language, in English' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'Cause and what to do, in the same language' },
    instance: { type: 'string', format: 'uri-reference' },
    code: { type: 'string', enum: Object.keys(errorCatalogue).sort() },
    requestId: { type: 'string', description: 'To be named when help is asked for' },
    params: { type: 'object', additionalProperties: true },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['code'],
        properties: {
          code: { type: 'string' },
          field: { type: 'string', description: 'Dotted path of the faulty field' },
          detail: { type: 'string' },
          params: { type: 'object', additionalProperties: true },
        },
      },
    },
  },
};
