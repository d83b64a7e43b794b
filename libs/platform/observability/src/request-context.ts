import { AsyncLocalStorage } from 'node:async_hooks';

/** What is known about the request (or job) being served, for logs, audit entries and errors. */
export interface RequestContext {
  readonly requestId: string;
  readonly service: string;
  readonly sourceIp?: string;
  readonly locale: 'vi' | 'en';
  /** Set once the caller is known; never holds a personal number. */
  actor?: {
    readonly kind: 'account' | 'client' | 'system';
    readonly id: string;
    readonly name?: string;
    readonly role?: string;
    readonly agencyCode?: string;
  };
}

const storage = new AsyncLocalStorage<RequestContext>();

export const runInContext = <T>(context: RequestContext, work: () => T): T => storage.run(context, work);

export const currentContext = (): RequestContext | undefined => storage.getStore();
