import type { JWK } from 'jose';

/** A procedure system that calls the API on its own behalf (OAuth 2 client credentials). */
export interface Client {
  readonly id: string;
  readonly name: string;
  readonly agencyCode: string;
  readonly scopes: readonly string[];
  readonly disabled: boolean;
}

export interface NewClient {
  readonly id: string;
  readonly name: string;
  readonly agencyCode: string;
  readonly scopes: readonly string[];
  /** Public keys for `private_key_jwt` (RFC 7523); without them the client authenticates by its secret. */
  readonly keys?: readonly JWK[];
}

export abstract class Clients {
  /** @returns the client's secret, which is not kept and cannot be shown again */
  abstract create(client: NewClient): Promise<{ readonly client: Client; readonly secret: string }>;
  abstract findById(id: string): Promise<Client | undefined>;
}
