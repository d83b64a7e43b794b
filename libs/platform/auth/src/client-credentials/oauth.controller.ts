import { Body, Controller, Headers, HttpCode, Post, Res, UseFilters } from '@nestjs/common';
import { ApiConsumes, ApiDefaultResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DomainError } from '#kernel';
import type { FastifyReply } from 'fastify';
import { Permission, publicRoute } from '../permission.decorator.js';
import { type ClientProof, IssueClientToken } from './issue-client-token.use-case.js';
import { OauthErrorFilter } from './oauth-error.filter.js';
import { OauthErrorView, TokenRequestDto, TokenView } from './oauth.dto.js';

const jwtBearer = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

const proofOf = (authorization: string | undefined, body: TokenRequestDto): ClientProof => {
  const basic = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(authorization ?? '')?.[1];
  // RFC 6749 s. 2.3: one way of authentication at a time.
  if (basic !== undefined && body.client_assertion === undefined) {
    const [id = '', ...rest] = Buffer.from(basic, 'base64').toString('utf8').split(':');
    // RFC 6749 s. 2.3.1: both are form-encoded before they are joined.
    const decode = (text: string) => decodeURIComponent(text.replaceAll('+', ' '));
    try {
      return { method: 'client_secret_basic', clientId: decode(id), secret: decode(rest.join(':')) };
    } catch (cause) {
      throw new DomainError('client-authentication-failed', {}, { cause });
    }
  }
  if (basic === undefined && body.client_assertion_type === jwtBearer && body.client_assertion !== undefined) {
    return { method: 'private_key_jwt', assertion: body.client_assertion };
  }
  throw new DomainError('client-authentication-failed');
};

/** The token endpoint for procedure systems (RFC 6749 s. 3.2). Speaks OAuth, errors included. */
@ApiTags('auth')
@Controller('oauth')
@UseFilters(OauthErrorFilter)
export class OauthController {
  constructor(private readonly issueClientToken: IssueClientToken) {}

  @Post('token')
  @HttpCode(200)
  @Permission(publicRoute)
  @ApiOperation({ summary: 'A token for a procedure system (client credentials, RFC 6749 s. 4.4)' })
  @ApiConsumes('application/x-www-form-urlencoded')
  @ApiOkResponse({ type: TokenView })
  @ApiDefaultResponse({ type: OauthErrorView, description: 'What went wrong (RFC 6749 s. 5.2)' })
  async token(
    @Headers('authorization') authorization: string | undefined,
    @Body() body: TokenRequestDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TokenView> {
    if (body.grant_type !== 'client_credentials') throw new DomainError('grant-type-unsupported');
    const issued = await this.issueClientToken.execute({ proof: proofOf(authorization, body), scope: body.scope });
    // RFC 6749 s. 5.1
    reply.header('cache-control', 'no-store');
    return {
      access_token: issued.accessToken,
      token_type: 'Bearer',
      expires_in: issued.lifetimeSeconds,
      scope: issued.scope,
    };
  }
}
