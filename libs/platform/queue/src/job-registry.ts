import type { JobDefinition } from './job-definition.js';
import type { JobHandler } from './job-queue.port.js';

export type AnyJobHandler = JobHandler<object>;

/** Which handler runs which job. A missing or double handler is a fault of the program, so it refuses to exist. */
export class JobRegistry {
  private readonly handlers = new Map<string, AnyJobHandler>();

  /**
   * @param definitions all jobs of the queues that this process runs
   * @throws Error that lists every job without a handler, with two, or that no service declares
   */
  constructor(definitions: readonly JobDefinition<object>[], handlers: readonly AnyJobHandler[]) {
    const faults: string[] = [];
    const declared = new Set(definitions.map((definition) => definition.name));
    if (declared.size < definitions.length) faults.push('two definitions have the same name');
    for (const handler of handlers) {
      const { name } = handler.definition;
      if (!declared.has(name))
        faults.push(`${name} has a handler (${handler.constructor.name}) but no service declares it`);
      if (this.handlers.has(name)) faults.push(`${name} has two handlers`);
      this.handlers.set(name, handler);
    }
    for (const name of declared) if (!this.handlers.has(name)) faults.push(`${name} has no handler`);
    if (faults.length > 0) throw new Error(`The jobs do not fit their handlers: ${faults.join('; ')}.`);
  }

  find(name: string): AnyJobHandler | undefined {
    return this.handlers.get(name);
  }
}
