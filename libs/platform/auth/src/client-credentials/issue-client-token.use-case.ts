import { Injectable } from '@nestjs/common';
import { Clock, DomainError } from '#kernel';
import { AuditLog } from '#platform/audit';
import { Settings } from '#platform/config';
import { currentContext } from '#platform/observability';
import { createLocalJWKSet, decodeJwt, jwtVerify } from 'jose';
import type { Client } from '../clients/clients.port.js';
import { StoredClients } from '../infrastructure/stored-clients.js';
import { AccessTokens, type IssuedToken } from '../tokens/access-tokens.js';

/** How a client proves who it is: RFC 6749 s. 2.3.1, or RFC 7523 s. 2.2. */
export type ClientProof =
  | { readonly method: 'client_secret_basic'; readonly clientId: string; readonly secret: string }
  | { readonly method: 'private_key_jwt'; readonly assertion: string };

// Asymmetric and sound; never `none`, never HMAC with a public key.
const assertionAlgorithms = ['ES256', 'ES384', 'PS256', 'RS256', 'EdDSA'];
// A client's clock may be off, and an assertion that lives for days would have to be remembered for days.
const clockToleranceSeconds = 30;
const maxAssertionSeconds = 600;

/** OAuth 2 client credentials grant (RFC 6749 s. 4.4). */
@Injectable()
export class IssueClientToken {
  constructor(
    private readonly clients: StoredClients,
    private readonly tokens: AccessTokens,
    private readonly audit: AuditLog,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  /**
   * @param input.scope space-separated; all scopes of the client when absent
   * @throws DomainError `client-authentication-failed`, `account-disabled`, `scope-not-allowed`
   */
  async execute(input: {
    readonly proof: ClientProof;
    readonly scope?: string;
  }): Promise<IssuedToken & { readonly scope: string }> {
    const client = await this.authenticate(input.proof);
    if (!client) {
      await this.record('refused', undefined, { reason: 'AUTHENTICATION', method: input.proof.method });
      throw new DomainError('client-authentication-failed');
    }
    if (client.disabled) {
      await this.record('refused', client, { reason: 'DISABLED' });
      throw new DomainError('account-disabled');
    }
    const asked = input.scope?.split(' ').filter((scope) => scope !== '') ?? [...client.scopes];
    const foreign = asked.find((scope) => !client.scopes.includes(scope));
    if (foreign !== undefined) {
      await this.record('refused', client, { reason: 'SCOPE' });
      throw new DomainError('scope-not-allowed', { scope: foreign });
    }
    await this.record('success', client, { method: input.proof.method });
    return { ...(await this.tokens.forClient(client, asked)), scope: asked.join(' ') };
  }

  private async authenticate(proof: ClientProof): Promise<Client | undefined> {
    if (proof.method === 'client_secret_basic') return this.clients.findBySecret(proof.clientId, proof.secret);
    try {
      // Unverified until the key is found by the name in it; nothing else is taken from it before.
      const { iss: clientId } = decodeJwt(proof.assertion);
      if (clientId === undefined) return undefined;
      const keys = await this.clients.findKeys(clientId);
      const { payload } = await jwtVerify(proof.assertion, createLocalJWKSet({ keys: [...keys] }), {
        algorithms: assertionAlgorithms,
        issuer: clientId,
        subject: clientId,
        audience: [this.settings.publicUrl, `${this.settings.publicUrl}/oauth/token`],
        requiredClaims: ['exp', 'jti'],
        clockTolerance: clockToleranceSeconds,
        currentDate: this.clock.now(),
      });
      const { exp = 0, jti = '' } = payload;
      if (exp - this.clock.now().getTime() / 1000 > maxAssertionSeconds) return undefined;
      const isFirstUse = await this.clients.spendAssertion(
        clientId,
        jti,
        new Date((exp + clockToleranceSeconds) * 1000),
      );
      return isFirstUse ? this.clients.findById(clientId) : undefined;
    } catch (fault) {
      // jose throws for a bad assertion and only then; a database that fails must not read as a wrong key.
      if (fault instanceof Error && 'code' in fault && String(fault.code).startsWith('ERR_J')) return undefined;
      throw fault;
    }
  }

  private async record(
    outcome: 'success' | 'refused',
    client: Client | undefined,
    detail: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    await this.audit.append({
      event: outcome === 'success' ? 'token.issued' : 'token.refused',
      outcome,
      service: currentContext()?.service ?? 'auth',
      actor: client ? { kind: 'client', id: client.id, name: client.name } : { kind: 'system', id: 'anonymous' },
      agencyCode: client?.agencyCode,
      detail,
    });
  }
}
