import { Injectable } from '@nestjs/common';
import { Clock, DomainError, newId } from '#kernel';
import { Settings } from '#platform/config';
import { errors, jwtVerify, SignJWT } from 'jose';
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import type { Account } from '../accounts/accounts.port.js';
import type { Client } from '../clients/clients.port.js';
import { StoredAccounts } from '../infrastructure/stored-accounts.js';
import { StoredClients } from '../infrastructure/stored-clients.js';
import type { Principal } from '../principal.js';

// One signer and one audience for all services: a token from any of them opens all of them.
const issuer = 'khoso';
const algorithm = 'ES256';

export interface IssuedToken {
  readonly accessToken: string;
  readonly expiresAt: Date;
  readonly lifetimeSeconds: number;
}

export interface VerifiedToken {
  readonly principal: Principal;
  readonly mustChangePassword: boolean;
}

/** Access tokens: JWTs signed with ECDSA P-256 (RFC 7518 s. 3.4), profiled after RFC 9068. */
@Injectable()
export class AccessTokens {
  private readonly privateKey: KeyObject;
  private readonly publicKey: KeyObject;

  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly accounts: StoredAccounts,
    private readonly clients: StoredClients,
  ) {
    if (!settings.tokenSigningKey) throw new Error('TOKEN_SIGNING_KEY is neither set nor made');
    this.privateKey = createPrivateKey(settings.tokenSigningKey);
    this.publicKey = createPublicKey(this.privateKey);
  }

  /** @param tokenEpoch as stored with the account; the token dies when it changes */
  forAccount(account: Account, tokenEpoch: number): Promise<IssuedToken> {
    const minutes = account.roles.every((role) => role === 'citizen')
      ? this.settings.accessTokenMinutes
      : this.settings.officerTokenMinutes;
    return this.sign(account.id, minutes, { kind: 'account', epoch: tokenEpoch });
  }

  forClient(client: Client, scopes: readonly string[]): Promise<IssuedToken> {
    return this.sign(client.id, this.settings.accessTokenMinutes, { kind: 'client', scope: scopes.join(' ') });
  }

  /**
   * Who holds the token. The account or client is looked up, so one that was switched off, or whose roles changed, is
   * seen as it is now and not as it was when the token was made.
   * @throws DomainError `token-expired`, `unauthenticated`, `account-disabled`
   */
  async verify(token: string): Promise<VerifiedToken> {
    const { sub, kind, epoch, scope } = await this.claimsOf(token);
    if (kind === 'account' && sub !== undefined) {
      const found = await this.accounts.findCredentialsById(sub);
      if (!found || found.tokenEpoch !== epoch) throw new DomainError('unauthenticated');
      const { account } = found;
      if (account.disabled) throw new DomainError('account-disabled');
      const { id, name, roles, agencyCode, subjectKey, mustChangePassword } = account;
      return { principal: { kind, id, name, roles, scopes: [], agencyCode, subjectKey }, mustChangePassword };
    }
    if (kind === 'client' && sub !== undefined && typeof scope === 'string') {
      const client = await this.clients.findById(sub);
      if (!client) throw new DomainError('unauthenticated');
      if (client.disabled) throw new DomainError('account-disabled');
      const scopes = scope.split(' ').filter((asked) => client.scopes.includes(asked));
      return {
        principal: { kind, id: client.id, name: client.name, roles: [], scopes, agencyCode: client.agencyCode },
        mustChangePassword: false,
      };
    }
    throw new DomainError('unauthenticated');
  }

  private async claimsOf(token: string) {
    try {
      const { payload } = await jwtVerify<{ kind?: unknown; epoch?: unknown; scope?: unknown }>(token, this.publicKey, {
        algorithms: [algorithm],
        issuer,
        audience: issuer,
        typ: 'at+jwt',
        currentDate: this.clock.now(),
      });
      return payload;
    } catch (cause) {
      throw new DomainError(cause instanceof errors.JWTExpired ? 'token-expired' : 'unauthenticated', {}, { cause });
    }
  }

  private async sign(
    subject: string,
    minutes: number,
    claims: Readonly<Record<string, string | number>>,
  ): Promise<IssuedToken> {
    const issuedAt = Math.floor(this.clock.now().getTime() / 1000);
    const lifetimeSeconds = minutes * 60;
    const expiresAt = issuedAt + lifetimeSeconds;
    const accessToken = await new SignJWT({ ...claims })
      .setProtectedHeader({ alg: algorithm, typ: 'at+jwt' })
      .setIssuer(issuer)
      .setAudience(issuer)
      .setSubject(subject)
      .setJti(newId())
      .setIssuedAt(issuedAt)
      .setExpirationTime(expiresAt)
      .sign(this.privateKey);
    return { accessToken, expiresAt: new Date(expiresAt * 1000), lifetimeSeconds };
  }
}
