import type { Principal } from '#platform/auth';

/** The caller of a route and the person it acts for. */
export interface Caller {
  readonly principal: Principal;
  readonly actor: { readonly id: string; readonly name?: string };
}
