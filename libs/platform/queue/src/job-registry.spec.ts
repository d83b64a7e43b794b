import { describe, expect, it } from '@jest/globals';
import { defineJob } from './job-definition.js';
import { type AnyJobHandler, JobRegistry } from './job-registry.js';

const job = (name: string) => defineJob<object>({ name, queue: 'q', attempts: 1, backoffMs: 1, timeoutMs: 1 });
const handlerOf = (name: string): AnyJobHandler => ({ definition: job(name), handle: async () => undefined });

describe('the job registry', () => {
  it('pairs each job with its handler', () => {
    const handler = handlerOf('a');
    expect(new JobRegistry([job('a')], [handler]).find('a')).toBe(handler);
  });

  it('tells all faults at once: no handler, two handlers, an undeclared job', () => {
    const create = () => new JobRegistry([job('a'), job('b')], [handlerOf('b'), handlerOf('b'), handlerOf('c')]);
    expect(create).toThrow(/b has two handlers.*c has a handler.*no service declares it.*a has no handler/);
  });

  it('refuses two jobs of one name', () => {
    expect(() => new JobRegistry([job('a'), job('a')], [handlerOf('a')])).toThrow('two definitions have the same name');
  });
});
