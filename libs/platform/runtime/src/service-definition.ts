import type { Type } from '@nestjs/common';
import type { PersistencePart } from '#platform/persistence';
import type { JobDefinition } from '#platform/queue';

/** One of the three services, as its app describes it. */
export interface ServiceDefinition {
  /** Also the name of its queue, and of its paths: `/api/<name>/v1/...`. */
  readonly name: 'ingestion' | 'signing' | 'reuse';
  /** Title and description of the OpenAPI document. */
  readonly title: string;
  readonly description: string;
  /** Holds its controllers and handlers, and imports the domain modules it needs. */
  readonly module: Type;
  /** Tables of the service and of the domain libraries it imports. */
  readonly persistence: readonly PersistencePart[];
  /** Every job of its queue; each must have exactly one handler. */
  readonly jobs: readonly JobDefinition<object>[];
}
